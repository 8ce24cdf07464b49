//! Mentions: a row for each person that a message names or answers, until the person has read it.

use spacetimedb::{
    client_visibility_filter, table, Filter, Identity, ReducerContext, Table, Timestamp,
};

#[table(
    name = mention,
    public,
    index(name = by_place, btree(columns = [owner, room, seq])),
    index(name = by_post, btree(columns = [room, seq]))
)]
pub struct Mention {
    #[primary_key]
    #[auto_inc]
    pub id: u64,
    /// The person who is mentioned.
    #[index(btree)]
    pub owner: Identity,
    pub room: u32,
    pub seq: u64,
    pub sender: Identity,
    pub sent: Timestamp,
    /// Text for a notification, so that the client need not load the page.
    pub excerpt: String,
}

#[client_visibility_filter]
const MENTION_OF_OWNER: Filter = Filter::Sql("SELECT * FROM mention WHERE owner = :sender");

pub fn of_post(ctx: &ReducerContext, room: u32, seq: u64) -> Vec<Mention> {
    ctx.db.mention().by_post().filter((room, seq)).collect()
}

pub fn insert(ctx: &ReducerContext, mention: Mention) {
    ctx.db.mention().insert(mention);
}

pub fn update(ctx: &ReducerContext, mention: Mention) {
    ctx.db.mention().id().update(mention);
}

pub fn delete(ctx: &ReducerContext, id: u64) {
    ctx.db.mention().id().delete(id);
}

pub fn delete_of_post(ctx: &ReducerContext, room: u32, seq: u64) {
    ctx.db.mention().by_post().delete((room, seq));
}

/// Deletes a person's mentions in a room before the post `unread_from`.
pub fn delete_before(ctx: &ReducerContext, owner: Identity, room: u32, unread_from: u64) {
    ctx.db
        .mention()
        .by_place()
        .delete((owner, room, ..unread_from));
}

/// Deletes all mentions of a person in a room.
pub fn delete_of_room(ctx: &ReducerContext, owner: Identity, room: u32) {
    ctx.db.mention().by_place().delete((owner, room));
}
