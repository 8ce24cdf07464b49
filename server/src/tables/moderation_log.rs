//! The moderation log: one private row for each entry, and a copy for each moderator behind a row
//! filter.

use spacetimedb::{
    client_visibility_filter, table, Filter, Identity, ReducerContext, Table, Timestamp,
};

/// An entry of the log, kept to copy it for a new moderator.
#[table(name = moderation_entry)]
#[derive(Clone)]
pub struct ModerationEntry {
    #[primary_key]
    #[auto_inc]
    pub id: u64,
    pub at: Timestamp,
    pub by: Identity,
    pub action: String,
    pub person: Identity,
    pub room: Option<u32>,
    pub seq: Option<u64>,
    pub detail: String,
}

/// A copy of an entry that one moderator sees.
#[table(name = moderation_log, public)]
pub struct ModerationLog {
    #[primary_key]
    #[auto_inc]
    pub id: u64,
    /// The moderator who sees this row.
    #[index(btree)]
    pub viewer: Identity,
    /// Id of the entry: it rises with time and is the same for all viewers.
    #[index(btree)]
    pub entry: u64,
    pub at: Timestamp,
    pub by: Identity,
    /// Name of the action: `remove_post`, `time_out`, `ban`, `lift` or `set_role`.
    pub action: String,
    /// The person concerned; of a removed post, its author.
    pub person: Identity,
    pub room: Option<u32>,
    pub seq: Option<u64>,
    /// The reason, the kind of a lifted sanction, or the new role.
    pub detail: String,
}

#[client_visibility_filter]
const MODERATION_LOG_OF_VIEWER: Filter =
    Filter::Sql("SELECT * FROM moderation_log WHERE viewer = :sender");

/// A person who has copies of the log.
#[table(name = moderation_viewer)]
pub struct ModerationViewer {
    #[primary_key]
    identity: Identity,
}

pub fn entries(ctx: &ReducerContext) -> impl Iterator<Item = ModerationEntry> + use<'_> {
    ctx.db.moderation_entry().iter()
}

pub fn count(ctx: &ReducerContext) -> u64 {
    ctx.db.moderation_entry().count()
}

/// Adds an entry. Returns it with its id.
pub fn insert(ctx: &ReducerContext, entry: ModerationEntry) -> ModerationEntry {
    ctx.db.moderation_entry().insert(entry)
}

/// Deletes an entry with all its copies.
pub fn delete(ctx: &ReducerContext, id: u64) {
    ctx.db.moderation_entry().id().delete(id);
    ctx.db.moderation_log().entry().delete(id);
}

/// Copies an entry for one viewer.
pub fn insert_copy(ctx: &ReducerContext, viewer: Identity, entry: ModerationEntry) {
    let ModerationEntry {
        id,
        at,
        by,
        action,
        person,
        room,
        seq,
        detail,
    } = entry;
    ctx.db.moderation_log().insert(ModerationLog {
        id: 0,
        viewer,
        entry: id,
        at,
        by,
        action,
        person,
        room,
        seq,
        detail,
    });
}

pub fn delete_copies(ctx: &ReducerContext, viewer: Identity) {
    ctx.db.moderation_log().viewer().delete(viewer);
}

pub fn is_viewer(ctx: &ReducerContext, identity: Identity) -> bool {
    let viewers = ctx.db.moderation_viewer();
    viewers.identity().find(identity).is_some()
}

pub fn insert_viewer(ctx: &ReducerContext, identity: Identity) {
    ctx.db
        .moderation_viewer()
        .insert(ModerationViewer { identity });
}

pub fn delete_viewer(ctx: &ReducerContext, identity: Identity) {
    ctx.db.moderation_viewer().identity().delete(identity);
}
