//! Rooms that only their members know of. Each member has a row of its own behind a row filter. A
//! filter that joined a list of members would break every subscription with a condition (server
//! 1.3.0).

use spacetimedb::{
    client_visibility_filter, table, Filter, Identity, ReducerContext, Table, Timestamp,
};

use crate::codes::ROOM_DIRECT;

#[table(name = private_room, public, index(name = by_pair, btree(columns = [room, recipient])))]
#[derive(Clone)]
pub struct PrivateRoom {
    #[primary_key]
    #[auto_inc]
    pub id: u64,
    /// The member who sees this row.
    #[index(btree)]
    pub recipient: Identity,
    pub room: u32,
    /// Code: 1 private room, 2 room of direct messages; see `codes`.
    pub kind: u8,
    /// Name; empty in a room of direct messages.
    pub name: String,
    pub topic: String,
    /// Members in the order in which they joined.
    pub members: Vec<Identity>,
    /// The member who names the room and may remove others: its creator, later the oldest member.
    pub host: Identity,
    pub created_at: Timestamp,
    pub archived: bool,
    /// The first post that this member can see.
    pub joined_seq: u64,
}

impl PrivateRoom {
    pub fn is_direct(&self) -> bool {
        self.kind == ROOM_DIRECT
    }
}

#[client_visibility_filter]
const PRIVATE_ROOM_OF_RECIPIENT: Filter =
    Filter::Sql("SELECT * FROM private_room WHERE recipient = :sender");

/// The one room of direct messages of two people, the lower identity first.
#[table(name = direct_pair, index(name = by_people, btree(columns = [low, high])))]
pub struct DirectPair {
    #[primary_key]
    room: u32,
    low: Identity,
    high: Identity,
}

/// Returns the row of a room that one member sees.
pub fn find(ctx: &ReducerContext, room: u32, recipient: Identity) -> Option<PrivateRoom> {
    ctx.db
        .private_room()
        .by_pair()
        .filter((room, recipient))
        .next()
}

pub fn exists(ctx: &ReducerContext, room: u32) -> bool {
    ctx.db
        .private_room()
        .by_pair()
        .filter(room)
        .next()
        .is_some()
}

/// Counts the private rooms of one person, with those of direct messages.
pub fn count_of(ctx: &ReducerContext, recipient: Identity) -> usize {
    ctx.db.private_room().recipient().filter(recipient).count()
}

pub fn insert(ctx: &ReducerContext, row: PrivateRoom) {
    ctx.db.private_room().insert(row);
}

/// Edits the row of every member.
pub fn update_rows(ctx: &ReducerContext, room: u32, mut edit: impl FnMut(&mut PrivateRoom)) {
    let rows = ctx.db.private_room();
    let of_room: Vec<PrivateRoom> = rows.by_pair().filter(room).collect();
    for mut row in of_room {
        edit(&mut row);
        rows.id().update(row);
    }
}

pub fn delete(ctx: &ReducerContext, id: u64) {
    ctx.db.private_room().id().delete(id);
}

pub fn has_direct(ctx: &ReducerContext, one: Identity, other: Identity) -> bool {
    let pair = (one.min(other), one.max(other));
    ctx.db
        .direct_pair()
        .by_people()
        .filter(pair)
        .next()
        .is_some()
}

pub fn insert_direct(ctx: &ReducerContext, room: u32, one: Identity, other: Identity) {
    ctx.db.direct_pair().insert(DirectPair {
        room,
        low: one.min(other),
        high: one.max(other),
    });
}
