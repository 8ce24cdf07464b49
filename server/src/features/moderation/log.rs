//! The entries of the moderation log.

use spacetimedb::{Identity, ReducerContext};

use crate::rules::limits::MODERATION_ENTRIES;
use crate::tables::moderation_log::{self, ModerationEntry};
use crate::tables::roles;

/// Entries deleted at a time.
const TRIM_BLOCK: u64 = 50;

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
        role: u8,
    },
}

/// Adds an action of the caller to the log.
pub fn record(ctx: &ReducerContext, action: Action) {
    let entry = moderation_log::insert(ctx, entry_of(ctx, action));
    for viewer in roles::moderators(ctx) {
        moderation_log::insert_copy(ctx, viewer, entry.clone());
    }
    if moderation_log::count(ctx) < MODERATION_ENTRIES + TRIM_BLOCK {
        return;
    }
    let mut ids: Vec<u64> = moderation_log::entries(ctx).map(|entry| entry.id).collect();
    ids.sort_unstable();
    for id in ids.into_iter().take(TRIM_BLOCK as usize) {
        moderation_log::delete(ctx, id);
    }
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
        Action::SetRole { person, role } => entry("set_role", person, role.to_string()),
    }
}
