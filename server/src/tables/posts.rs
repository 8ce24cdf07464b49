//! Messages of public rooms. Each has a number in its room and a page to find it by.

use spacetimedb::{table, Identity, ReducerContext, SpacetimeType, Table, Timestamp};

use crate::ids::post_id;

#[derive(SpacetimeType, Clone, Copy, PartialEq, Eq)]
pub enum PostState {
    Normal,
    /// The author deleted the text.
    Deleted,
    /// A moderator removed the text.
    Removed,
}

#[table(name = post, public)]
pub struct Post {
    /// Room and `seq`, by `ids::post_id`.
    #[primary_key]
    pub id: u64,
    /// Room and page, by `ids::page_of`.
    #[index(btree)]
    pub page: u64,
    pub room: u32,
    pub seq: u64,
    pub sender: Identity,
    pub sent: Timestamp,
    /// The sender's own id, by which its panel recognises the message.
    pub client_id: Option<String>,
    pub text: String,
    /// The `seq` of the post that this one answers, in the same room.
    pub reply_to: Option<u64>,
    pub edited: Option<Timestamp>,
    pub state: PostState,
}

pub fn find(ctx: &ReducerContext, room: u32, seq: u64) -> Option<Post> {
    // A client may ask for a `seq` with more bits than an id has for it.
    let found = ctx.db.post().id().find(post_id(room, seq));
    found.filter(|post| post.room == room && post.seq == seq)
}

pub fn on_page(ctx: &ReducerContext, page: u64) -> impl Iterator<Item = Post> {
    ctx.db.post().page().filter(page)
}

pub fn all(ctx: &ReducerContext) -> impl Iterator<Item = Post> + use<'_> {
    ctx.db.post().iter()
}

pub fn count(ctx: &ReducerContext) -> u64 {
    ctx.db.post().count()
}

pub fn insert(ctx: &ReducerContext, post: Post) {
    ctx.db.post().insert(post);
}

pub fn update(ctx: &ReducerContext, post: Post) {
    ctx.db.post().id().update(post);
}

pub fn delete(ctx: &ReducerContext, id: u64) {
    ctx.db.post().id().delete(id);
}
