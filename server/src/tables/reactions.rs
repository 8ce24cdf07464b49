//! Reactions to messages.

use spacetimedb::{client_visibility_filter, table, Filter, Identity, ReducerContext, Table};

/// A reaction in a public room. A client loads it with the page of its post.
#[table(name = reaction, public, index(name = by_author, btree(columns = [room, seq, who])))]
pub struct Reaction {
    #[primary_key]
    #[auto_inc]
    pub id: u64,
    #[index(btree)]
    pub page: u64,
    pub room: u32,
    pub seq: u64,
    pub who: Identity,
    pub emoji: String,
}

#[table(
    name = private_reaction,
    public,
    index(name = by_author, btree(columns = [room, seq, who])),
    index(name = by_recipient, btree(columns = [room, seq, recipient]))
)]
pub struct PrivateReaction {
    #[primary_key]
    #[auto_inc]
    pub id: u64,
    /// The member who sees this row.
    #[index(btree)]
    pub recipient: Identity,
    pub page: u64,
    pub room: u32,
    pub seq: u64,
    pub who: Identity,
    pub emoji: String,
}

#[client_visibility_filter]
const PRIVATE_REACTION_OF_RECIPIENT: Filter =
    Filter::Sql("SELECT * FROM private_reaction WHERE recipient = :sender");

/// The number of people who reacted with an emoji. Limits the emoji of a post without reading its
/// people.
#[table(name = reaction_tally, index(name = by_post, btree(columns = [room, seq])))]
pub struct ReactionTally {
    #[primary_key]
    #[auto_inc]
    pub id: u64,
    pub room: u32,
    pub seq: u64,
    pub emoji: String,
    pub count: u32,
}

/// Returns the ids of a person's rows with an emoji in a public room.
pub fn public_ids(
    ctx: &ReducerContext,
    room: u32,
    seq: u64,
    who: Identity,
    emoji: &str,
) -> Vec<u64> {
    let rows = ctx.db.reaction().by_author().filter((room, seq, who));
    rows.filter(|row| row.emoji == emoji)
        .map(|row| row.id)
        .collect()
}

/// Returns the ids of a person's rows with an emoji in a private room, one for each member who sees
/// it.
pub fn private_ids(
    ctx: &ReducerContext,
    room: u32,
    seq: u64,
    who: Identity,
    emoji: &str,
) -> Vec<u64> {
    let rows = ctx
        .db
        .private_reaction()
        .by_author()
        .filter((room, seq, who));
    rows.filter(|row| row.emoji == emoji)
        .map(|row| row.id)
        .collect()
}

pub fn insert_public(ctx: &ReducerContext, reaction: Reaction) {
    ctx.db.reaction().insert(reaction);
}

pub fn insert_private(ctx: &ReducerContext, reaction: PrivateReaction) {
    ctx.db.private_reaction().insert(reaction);
}

pub fn delete_public(ctx: &ReducerContext, id: u64) {
    ctx.db.reaction().id().delete(id);
}

pub fn delete_private(ctx: &ReducerContext, id: u64) {
    ctx.db.private_reaction().id().delete(id);
}

pub fn delete_public_of_post(ctx: &ReducerContext, room: u32, seq: u64) {
    ctx.db.reaction().by_author().delete((room, seq));
}

pub fn delete_private_of_post(ctx: &ReducerContext, room: u32, seq: u64) {
    ctx.db.private_reaction().by_author().delete((room, seq));
}

/// Deletes the reactions to a post that one member sees.
pub fn delete_of(ctx: &ReducerContext, room: u32, seq: u64, recipient: Identity) {
    ctx.db
        .private_reaction()
        .by_recipient()
        .delete((room, seq, recipient));
}

pub fn tallies(ctx: &ReducerContext, room: u32, seq: u64) -> Vec<ReactionTally> {
    ctx.db
        .reaction_tally()
        .by_post()
        .filter((room, seq))
        .collect()
}

pub fn insert_tally(ctx: &ReducerContext, tally: ReactionTally) {
    ctx.db.reaction_tally().insert(tally);
}

pub fn update_tally(ctx: &ReducerContext, tally: ReactionTally) {
    ctx.db.reaction_tally().id().update(tally);
}

pub fn delete_tally(ctx: &ReducerContext, id: u64) {
    ctx.db.reaction_tally().id().delete(id);
}

pub fn delete_tallies_of_post(ctx: &ReducerContext, room: u32, seq: u64) {
    ctx.db.reaction_tally().by_post().delete((room, seq));
}

pub fn delete_tallies_of_room(ctx: &ReducerContext, room: u32) {
    ctx.db.reaction_tally().by_post().delete(room);
}
