//! Earlier texts of messages that were edited.

use spacetimedb::{
    client_visibility_filter, table, Filter, Identity, ReducerContext, Table, Timestamp,
};

/// An earlier text. Clients find it by `room = … AND seq = …`.
#[table(name = post_version, public, index(name = by_seq, btree(columns = [room, seq])))]
pub struct PostVersion {
    #[primary_key]
    #[auto_inc]
    pub id: u64,
    pub room: u32,
    pub seq: u64,
    pub text: String,
    /// Time at which the post got this text.
    pub written_at: Timestamp,
}

#[table(
    name = private_post_version,
    public,
    index(name = by_seq, btree(columns = [room, seq, recipient]))
)]
pub struct PrivatePostVersion {
    #[primary_key]
    #[auto_inc]
    pub id: u64,
    /// The member who sees this row.
    #[index(btree)]
    pub recipient: Identity,
    pub room: u32,
    pub seq: u64,
    pub text: String,
    /// Time at which the post got this text.
    pub written_at: Timestamp,
}

#[client_visibility_filter]
const PRIVATE_POST_VERSION_OF_RECIPIENT: Filter =
    Filter::Sql("SELECT * FROM private_post_version WHERE recipient = :sender");

pub fn count_public(ctx: &ReducerContext, room: u32, seq: u64) -> usize {
    ctx.db.post_version().by_seq().filter((room, seq)).count()
}

pub fn count_private(ctx: &ReducerContext, room: u32, seq: u64, recipient: Identity) -> usize {
    ctx.db
        .private_post_version()
        .by_seq()
        .filter((room, seq, recipient))
        .count()
}

/// Returns the first text of a post in a public room, unless the post was never edited.
pub fn first_text(ctx: &ReducerContext, room: u32, seq: u64) -> Option<String> {
    let versions = ctx.db.post_version().by_seq().filter((room, seq));
    versions
        .min_by_key(|version| version.id)
        .map(|version| version.text)
}

pub fn insert_public(ctx: &ReducerContext, version: PostVersion) {
    ctx.db.post_version().insert(version);
}

pub fn insert_private(ctx: &ReducerContext, version: PrivatePostVersion) {
    ctx.db.private_post_version().insert(version);
}

pub fn delete_public(ctx: &ReducerContext, room: u32, seq: u64) {
    ctx.db.post_version().by_seq().delete((room, seq));
}

pub fn delete_private(ctx: &ReducerContext, room: u32, seq: u64) {
    ctx.db.private_post_version().by_seq().delete((room, seq));
}

/// Deletes the earlier texts of a post that one member sees.
pub fn delete_of(ctx: &ReducerContext, room: u32, seq: u64, recipient: Identity) {
    ctx.db
        .private_post_version()
        .by_seq()
        .delete((room, seq, recipient));
}
