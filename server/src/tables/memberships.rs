//! The public rooms that a person has joined. Everybody can read every public room, and everybody
//! is in the lobby without a row.

use spacetimedb::{
    client_visibility_filter, table, Filter, Identity, ReducerContext, Table, Timestamp,
};

#[table(name = membership, public, index(name = by_pair, btree(columns = [owner, room])))]
pub struct Membership {
    #[primary_key]
    #[auto_inc]
    pub id: u64,
    #[index(btree)]
    pub owner: Identity,
    pub room: u32,
    pub joined_at: Timestamp,
}

#[client_visibility_filter]
const MEMBERSHIP_OF_OWNER: Filter = Filter::Sql("SELECT * FROM membership WHERE owner = :sender");

pub fn exists(ctx: &ReducerContext, owner: Identity, room: u32) -> bool {
    ctx.db
        .membership()
        .by_pair()
        .filter((owner, room))
        .next()
        .is_some()
}

pub fn count_of(ctx: &ReducerContext, owner: Identity) -> usize {
    ctx.db.membership().owner().filter(owner).count()
}

pub fn insert(ctx: &ReducerContext, owner: Identity, room: u32) {
    ctx.db.membership().insert(Membership {
        id: 0,
        owner,
        room,
        joined_at: ctx.timestamp,
    });
}

/// Deletes a membership. Returns false if there was none.
pub fn delete(ctx: &ReducerContext, owner: Identity, room: u32) -> bool {
    ctx.db.membership().by_pair().delete((owner, room)) > 0
}
