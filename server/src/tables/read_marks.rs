//! The read mark of each person in each room. Nobody else sees it.

use spacetimedb::{client_visibility_filter, table, Filter, Identity, ReducerContext, Table};

#[table(name = read_mark, public, index(name = by_pair, btree(columns = [owner, room])))]
pub struct ReadMark {
    #[primary_key]
    #[auto_inc]
    pub id: u64,
    #[index(btree)]
    pub owner: Identity,
    pub room: u32,
    /// The first post that is not read.
    pub unread_from: u64,
}

#[client_visibility_filter]
const READ_MARK_OF_OWNER: Filter = Filter::Sql("SELECT * FROM read_mark WHERE owner = :sender");

pub fn find(ctx: &ReducerContext, owner: Identity, room: u32) -> Option<ReadMark> {
    ctx.db.read_mark().by_pair().filter((owner, room)).next()
}

pub fn insert(ctx: &ReducerContext, mark: ReadMark) {
    ctx.db.read_mark().insert(mark);
}

pub fn update(ctx: &ReducerContext, mark: ReadMark) {
    ctx.db.read_mark().id().update(mark);
}

pub fn delete(ctx: &ReducerContext, owner: Identity, room: u32) {
    ctx.db.read_mark().by_pair().delete((owner, room));
}
