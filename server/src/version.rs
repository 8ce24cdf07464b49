//! Earlier texts of posts that were edited.

use spacetimedb::{
    client_visibility_filter, table, Filter, Identity, ReducerContext, Table, Timestamp,
};

use crate::line::Line;
use crate::place::Place;

/// Edits of one post.
const MAX_VERSIONS: usize = 50;

/// Found by `room = … AND seq = …`.
#[table(name = post_version, public, index(name = by_seq, btree(columns = [room, seq])))]
pub struct PostVersion {
    #[primary_key]
    #[auto_inc]
    pub id: u64,
    pub room: u32,
    pub seq: u64,
    pub text: String,
    /// Since when the post had this text.
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
    /// Whose row this is.
    #[index(btree)]
    pub recipient: Identity,
    pub room: u32,
    pub seq: u64,
    pub text: String,
    /// Since when the post had this text.
    pub written_at: Timestamp,
}

#[client_visibility_filter]
const PRIVATE_POST_VERSION_OF_RECIPIENT: Filter =
    Filter::Sql("SELECT * FROM private_post_version WHERE recipient = :sender");

/// Keeps the text that a post has, before it gets another.
pub fn keep(ctx: &ReducerContext, place: &Place, line: &Line) -> Result<(), String> {
    let Line { room, seq, .. } = *line;
    let written_at = line.edited.unwrap_or(line.sent);
    let versions = ctx.db.post_version();
    let private_versions = ctx.db.private_post_version();
    let count = match place {
        Place::Public(_) => versions.by_seq().filter((room, seq)).count(),
        Place::Private(_) => private_versions
            .by_seq()
            .filter((room, seq, ctx.sender))
            .count(),
    };
    if count >= MAX_VERSIONS {
        return Err(format!(
            "limits: A message can be edited {MAX_VERSIONS} times"
        ));
    }
    if let Place::Public(_) = place {
        versions.insert(PostVersion {
            id: 0,
            room,
            seq,
            text: line.text.clone(),
            written_at,
        });
        return Ok(());
    }
    for recipient in line.private_readers(ctx) {
        private_versions.insert(PrivatePostVersion {
            id: 0,
            recipient,
            room,
            seq,
            text: line.text.clone(),
            written_at,
        });
    }
    Ok(())
}

/// The text that a post of a public room was sent with, if it has another by now.
pub fn first(ctx: &ReducerContext, room: u32, seq: u64) -> Option<String> {
    let versions = ctx.db.post_version().by_seq().filter((room, seq));
    versions
        .min_by_key(|version| version.id)
        .map(|version| version.text)
}

/// Forgets the earlier texts of a post.
pub fn forget(ctx: &ReducerContext, place: &Place, seq: u64) {
    let pair = (place.id(), seq);
    match place {
        Place::Public(_) => ctx.db.post_version().by_seq().delete(pair),
        Place::Private(_) => ctx.db.private_post_version().by_seq().delete(pair),
    };
}

/// Forgets the earlier texts that somebody has of a post.
pub fn forget_of(ctx: &ReducerContext, room: u32, seq: u64, recipient: Identity) {
    ctx.db
        .private_post_version()
        .by_seq()
        .delete((room, seq, recipient));
}
