//! The client ids under which people have sent something, so that a repeated call has no effect.

use spacetimedb::{table, ConnectionId, Identity, ReducerContext, Table};

/// The client id for the next `send_message` of a connection. A refused id is kept too: the next
/// `send_message` answers with the refusal, because it must not send without its id.
#[table(name = announcement, index(name = by_pair, btree(columns = [identity, connection_id])))]
pub struct Announcement {
    pub identity: Identity,
    pub connection_id: ConnectionId,
    pub client_id: String,
    pub refusal: Option<String>,
}

/// A client id that was used. Outlives its post, so that a repeated call still has no effect.
#[table(name = send_key, index(name = by_id, btree(columns = [sender, client_id])))]
pub struct SendKey {
    pub sender: Identity,
    pub client_id: String,
    /// Id of the post; in a private room its `seq`; for a new room the room's id.
    pub post_id: u64,
    /// Day of sending, counted from the epoch: an index can't have a `Timestamp` (crate 1.3.2).
    #[index(btree)]
    pub day: u32,
}

pub fn exists(ctx: &ReducerContext, sender: Identity, client_id: &str) -> bool {
    ctx.db
        .send_key()
        .by_id()
        .filter((sender, client_id))
        .next()
        .is_some()
}

pub fn insert(ctx: &ReducerContext, key: SendKey) {
    ctx.db.send_key().insert(key);
}

/// Deletes the keys of all days before `day`.
pub fn delete_before(ctx: &ReducerContext, day: u32) {
    ctx.db.send_key().day().delete(..day);
}

/// Returns the announcement of the caller's connection.
pub fn find_announcement(
    ctx: &ReducerContext,
    connection_id: ConnectionId,
) -> Option<Announcement> {
    ctx.db
        .announcement()
        .by_pair()
        .filter((ctx.sender, connection_id))
        .next()
}

pub fn insert_announcement(ctx: &ReducerContext, announcement: Announcement) {
    ctx.db.announcement().insert(announcement);
}

/// Deletes the announcement of the caller's connection.
pub fn delete_announcement(ctx: &ReducerContext, connection_id: ConnectionId) {
    ctx.db
        .announcement()
        .by_pair()
        .delete((ctx.sender, connection_id));
}
