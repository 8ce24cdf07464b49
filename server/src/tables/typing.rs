//! People who are typing.

use spacetimedb::{
    client_visibility_filter, table, Filter, Identity, ReducerContext, Table, Timestamp,
};

use crate::ids;

#[table(name = typing, public, index(name = by_person, btree(columns = [identity, room])))]
pub struct Typing {
    #[primary_key]
    #[auto_inc]
    pub id: u64,
    #[index(btree)]
    pub room: u32,
    pub identity: Identity,
    pub at: Timestamp,
}

#[table(
    name = private_typing,
    public,
    index(name = by_person, btree(columns = [identity, room])),
    index(name = by_pair, btree(columns = [recipient, room]))
)]
pub struct PrivateTyping {
    #[primary_key]
    #[auto_inc]
    pub id: u64,
    /// The member who sees this row.
    #[index(btree)]
    pub recipient: Identity,
    pub room: u32,
    pub identity: Identity,
    pub at: Timestamp,
}

#[client_visibility_filter]
const PRIVATE_TYPING_OF_RECIPIENT: Filter =
    Filter::Sql("SELECT * FROM private_typing WHERE recipient = :sender");

/// Returns the time of a person's last sign of typing in a room.
pub fn last_sign(ctx: &ReducerContext, identity: Identity, room: u32) -> Option<Timestamp> {
    let key = (identity, room);
    if ids::is_private(room) {
        let mut rows = ctx.db.private_typing().by_person().filter(key);
        rows.next().map(|row| row.at)
    } else {
        let mut rows = ctx.db.typing().by_person().filter(key);
        rows.next().map(|row| row.at)
    }
}

/// Adds the caller's sign of typing in a public room.
pub fn insert_public(ctx: &ReducerContext, room: u32) {
    ctx.db.typing().insert(Typing {
        id: 0,
        room,
        identity: ctx.sender,
        at: ctx.timestamp,
    });
}

/// Adds the caller's sign of typing in a private room for one member.
pub fn insert_private(ctx: &ReducerContext, room: u32, recipient: Identity) {
    ctx.db.private_typing().insert(PrivateTyping {
        id: 0,
        recipient,
        room,
        identity: ctx.sender,
        at: ctx.timestamp,
    });
}

/// Deletes a person's signs of typing in a room.
pub fn delete_by(ctx: &ReducerContext, identity: Identity, room: u32) {
    if ids::is_private(room) {
        ctx.db.private_typing().by_person().delete((identity, room));
    } else {
        ctx.db.typing().by_person().delete((identity, room));
    }
}

/// Deletes the signs of typing that one member sees in a private room.
pub fn delete_seen_by(ctx: &ReducerContext, recipient: Identity, room: u32) {
    ctx.db.private_typing().by_pair().delete((recipient, room));
}
