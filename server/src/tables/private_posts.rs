//! Messages of private rooms. Each has a row for every member who was in the room when it was sent.

use spacetimedb::{
    client_visibility_filter, table, Filter, Identity, ReducerContext, Table, Timestamp,
};

use crate::tables::posts::PostState;

#[table(name = private_post, public, index(name = by_seq, btree(columns = [room, seq, recipient])))]
#[derive(Clone)]
pub struct PrivatePost {
    #[primary_key]
    #[auto_inc]
    pub id: u64,
    /// The member who sees this row.
    #[index(btree)]
    pub recipient: Identity,
    /// Room and page, by `ids::page_of`.
    #[index(btree)]
    pub page: u64,
    pub room: u32,
    pub seq: u64,
    pub sender: Identity,
    pub sent: Timestamp,
    pub client_id: Option<String>,
    pub text: String,
    /// The `seq` of the post that this one answers, in the same room.
    pub reply_to: Option<u64>,
    pub edited: Option<Timestamp>,
    pub state: PostState,
}

#[client_visibility_filter]
const PRIVATE_POST_OF_RECIPIENT: Filter =
    Filter::Sql("SELECT * FROM private_post WHERE recipient = :sender");

/// Returns the row of a post that one member sees.
pub fn find(ctx: &ReducerContext, room: u32, seq: u64, recipient: Identity) -> Option<PrivatePost> {
    ctx.db
        .private_post()
        .by_seq()
        .filter((room, seq, recipient))
        .next()
}

/// Returns the rows of a post, one for each member who sees it.
pub fn rows(ctx: &ReducerContext, room: u32, seq: u64) -> Vec<PrivatePost> {
    ctx.db.private_post().by_seq().filter((room, seq)).collect()
}

pub fn insert(ctx: &ReducerContext, row: PrivatePost) {
    ctx.db.private_post().insert(row);
}

/// Edits every row of a post.
pub fn update_rows(ctx: &ReducerContext, room: u32, seq: u64, edit: impl Fn(&mut PrivatePost)) {
    for mut row in rows(ctx, room, seq) {
        edit(&mut row);
        ctx.db.private_post().id().update(row);
    }
}

/// Deletes the row of a post that one member sees.
pub fn delete(ctx: &ReducerContext, room: u32, seq: u64, recipient: Identity) {
    ctx.db
        .private_post()
        .by_seq()
        .delete((room, seq, recipient));
}
