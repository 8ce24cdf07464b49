//! What moderators did, for moderators to read: a row for each of them behind a row filter.

use spacetimedb::{
    client_visibility_filter, table, Filter, Identity, ReducerContext, Table, Timestamp,
};

use crate::{role, sanction};

/// Entries that are kept.
const KEPT: u64 = 500;
/// The oldest go this many at a time.
const TRIM_BLOCK: u64 = 50;

/// An entry, by itself; copied for whoever becomes a moderator.
#[table(name = moderation_entry)]
#[derive(Clone)]
pub struct ModerationEntry {
    #[primary_key]
    #[auto_inc]
    id: u64,
    at: Timestamp,
    by: Identity,
    action: String,
    person: Identity,
    room: Option<u32>,
    seq: Option<u64>,
    detail: String,
}

#[table(name = moderation_log, public)]
pub struct ModerationLog {
    #[primary_key]
    #[auto_inc]
    pub id: u64,
    /// Whose row this is.
    #[index(btree)]
    pub viewer: Identity,
    /// Rises with time; the same for all viewers.
    #[index(btree)]
    pub entry: u64,
    pub at: Timestamp,
    pub by: Identity,
    /// `remove_post`, `time_out`, `ban`, `lift` or `set_role`.
    pub action: String,
    /// Whom it was done to; of a post, its author.
    pub person: Identity,
    pub room: Option<u32>,
    pub seq: Option<u64>,
    /// The reason, the kind of what was lifted, the rank.
    pub detail: String,
}

#[client_visibility_filter]
const MODERATION_LOG_OF_VIEWER: Filter =
    Filter::Sql("SELECT * FROM moderation_log WHERE viewer = :sender");

/// Who has copies of what moderators read.
#[table(name = moderation_viewer)]
pub struct ModerationViewer {
    #[primary_key]
    identity: Identity,
}

pub enum Action {
    RemovePost {
        author: Identity,
        room: u32,
        seq: u64,
    },
    TimeOut {
        person: Identity,
        seconds: u32,
        reason: String,
    },
    Ban {
        person: Identity,
        reason: String,
    },
    Lift {
        person: Identity,
        kind: u8,
        reason: String,
    },
    SetRole {
        person: Identity,
        rank: u8,
    },
}

/// Writes down what the caller has done.
pub fn record(ctx: &ReducerContext, action: Action) {
    let entries = ctx.db.moderation_entry();
    let entry = entries.insert(entry_of(ctx, action));
    for viewer in role::moderators(ctx) {
        show(ctx, viewer, &entry);
    }
    if entries.count() < KEPT + TRIM_BLOCK {
        return;
    }
    let mut ids: Vec<u64> = entries.iter().map(|entry| entry.id).collect();
    ids.sort_unstable();
    for id in ids.into_iter().take(TRIM_BLOCK as usize) {
        entries.id().delete(id);
        ctx.db.moderation_log().entry().delete(id);
    }
}

/// Gives or takes the copies, as somebody's rank has it. Also called at each connect, because an owner
/// that was written with SQL was written by no reducer.
pub fn follow_role(ctx: &ReducerContext, identity: Identity) {
    let viewers = ctx.db.moderation_viewer();
    let has_copies = viewers.identity().find(identity).is_some();
    let should_have = role::is_moderator(ctx, identity);
    if has_copies == should_have {
        return;
    }
    ctx.db.moderation_log().viewer().delete(identity);
    sanction::forget_all(ctx, identity);
    if should_have {
        viewers.insert(ModerationViewer { identity });
        for entry in ctx.db.moderation_entry().iter() {
            show(ctx, identity, &entry);
        }
        sanction::tell_all(ctx, identity);
    } else {
        viewers.identity().delete(identity);
    }
}

fn show(ctx: &ReducerContext, viewer: Identity, entry: &ModerationEntry) {
    let ModerationEntry {
        id,
        at,
        by,
        action,
        person,
        room,
        seq,
        detail,
    } = entry.clone();
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

fn entry_of(ctx: &ReducerContext, action: Action) -> ModerationEntry {
    let entry = |action: &str, person, detail| ModerationEntry {
        id: 0,
        at: ctx.timestamp,
        by: ctx.sender,
        action: action.into(),
        person,
        room: None,
        seq: None,
        detail,
    };
    match action {
        Action::RemovePost { author, room, seq } => ModerationEntry {
            room: Some(room),
            seq: Some(seq),
            ..entry("remove_post", author, String::new())
        },
        Action::TimeOut {
            person,
            seconds,
            reason,
        } => entry("time_out", person, format!("{seconds} s: {reason}")),
        Action::Ban { person, reason } => entry("ban", person, reason),
        Action::Lift {
            person,
            kind,
            reason,
        } => entry("lift", person, format!("{kind}: {reason}")),
        Action::SetRole { person, rank } => entry("set_role", person, rank.to_string()),
    }
}
