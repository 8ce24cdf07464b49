//! The newest message of each room, for a list of rooms.

use spacetimedb::{
    client_visibility_filter, table, Filter, Identity, ReducerContext, Table, Timestamp,
};

#[table(name = room_activity, public)]
pub struct RoomActivity {
    #[primary_key]
    pub room: u32,
    /// The `seq` of the next post, which is also the number of posts so far.
    pub next_seq: u64,
    /// Author of the newest post; the room's creator before the first one.
    pub sender: Identity,
    /// Time of the newest post; of the room's creation before the first one.
    pub sent: Timestamp,
    /// Excerpt of the newest post; empty if it was deleted or removed.
    pub excerpt: String,
}

#[table(
    name = private_activity,
    public,
    index(name = by_pair, btree(columns = [room, recipient]))
)]
pub struct PrivateActivity {
    #[primary_key]
    #[auto_inc]
    pub id: u64,
    /// The member who sees this row.
    #[index(btree)]
    pub recipient: Identity,
    pub room: u32,
    pub next_seq: u64,
    pub sender: Identity,
    pub sent: Timestamp,
    pub excerpt: String,
}

#[client_visibility_filter]
const PRIVATE_ACTIVITY_OF_RECIPIENT: Filter =
    Filter::Sql("SELECT * FROM private_activity WHERE recipient = :sender");

/// A room with posts that are newer than its activity.
#[table(name = stale_room)]
pub struct StaleRoom {
    #[primary_key]
    room: u32,
}

pub fn find_public(ctx: &ReducerContext, room: u32) -> Option<RoomActivity> {
    ctx.db.room_activity().room().find(room)
}

/// Returns the row that one member sees.
pub fn find_private(
    ctx: &ReducerContext,
    room: u32,
    recipient: Identity,
) -> Option<PrivateActivity> {
    ctx.db
        .private_activity()
        .by_pair()
        .filter((room, recipient))
        .next()
}

pub fn insert_public(ctx: &ReducerContext, row: RoomActivity) {
    ctx.db.room_activity().insert(row);
}

pub fn insert_private(ctx: &ReducerContext, row: PrivateActivity) {
    ctx.db.private_activity().insert(row);
}

pub fn update_public(ctx: &ReducerContext, row: RoomActivity) {
    ctx.db.room_activity().room().update(row);
}

pub fn update_private(ctx: &ReducerContext, row: PrivateActivity) {
    ctx.db.private_activity().id().update(row);
}

/// Deletes the row that one member sees.
pub fn delete_private(ctx: &ReducerContext, room: u32, recipient: Identity) {
    ctx.db
        .private_activity()
        .by_pair()
        .delete((room, recipient));
}

pub fn is_stale(ctx: &ReducerContext, room: u32) -> bool {
    ctx.db.stale_room().room().find(room).is_some()
}

pub fn insert_stale(ctx: &ReducerContext, room: u32) {
    ctx.db.stale_room().insert(StaleRoom { room });
}

pub fn delete_stale(ctx: &ReducerContext, room: u32) {
    ctx.db.stale_room().room().delete(room);
}
