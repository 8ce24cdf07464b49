//! What a person says of itself, and when it was last there.

use std::time::Duration;

use spacetimedb::{reducer, table, Identity, ReducerContext, ScheduleAt, Table, Timestamp};

use crate::presence::require_module;
use crate::{rate, text, user, verdict};

/// Unicode scalar values.
const MAX_STATUS_LENGTH: u32 = 100;
const LONGEST_STATUS: Duration = Duration::from_secs(366 * 24 * 60 * 60);
const BUSY: u8 = 2;

#[table(name = profile, public)]
pub struct Profile {
    #[primary_key]
    pub identity: Identity,
    pub status_text: String,
    /// Empty if there is none.
    pub emoji: String,
    /// When a timer takes text and emoji away.
    pub until: Option<Timestamp>,
    /// 0 available, 1 away, 2 busy. A number because SQL can't write an enum.
    pub availability: u8,
    /// When the last connection went; not for those who are there for the first time.
    pub last_seen: Option<Timestamp>,
}

#[table(name = status_timer, scheduled(end_status))]
pub struct StatusTimer {
    #[primary_key]
    #[auto_inc]
    id: u64,
    scheduled_at: ScheduleAt,
    #[index(btree)]
    identity: Identity,
}

/// Says what the caller is doing; nothing with both texts empty.
#[reducer]
pub fn set_status(
    ctx: &ReducerContext,
    text: String,
    emoji: String,
    until: Option<Timestamp>,
) -> Result<(), String> {
    verdict::require_free(ctx)?;
    rate::spend(ctx)?;
    let status_text = text::clean_line("Statuses", &text, MAX_STATUS_LENGTH)
        .map_err(|sentence| format!("text: {sentence}"))?;
    if !emoji.is_empty() {
        text::check_emoji(&emoji).map_err(|sentence| format!("emoji: {sentence}"))?;
    }
    let latest = ctx.timestamp + LONGEST_STATUS;
    if until.is_some_and(|until| until <= ctx.timestamp || until > latest) {
        return Err("until: A status ends within a year from now".into());
    }
    let until = until.filter(|_| !(status_text.is_empty() && emoji.is_empty()));
    change(ctx, ctx.sender, |profile| Profile {
        status_text,
        emoji,
        until,
        ..profile
    });
    ctx.db.status_timer().identity().delete(ctx.sender);
    if let Some(until) = until {
        ctx.db.status_timer().insert(StatusTimer {
            id: 0,
            scheduled_at: ScheduleAt::Time(until),
            identity: ctx.sender,
        });
    }
    Ok(())
}

/// 0 available, 1 away, 2 busy.
#[reducer]
pub fn set_availability(ctx: &ReducerContext, availability: u8) -> Result<(), String> {
    verdict::require_free(ctx)?;
    if availability > BUSY {
        return Err("availability: There is no such availability".into());
    }
    if current(ctx, ctx.sender).availability == availability {
        return Ok(());
    }
    rate::spend(ctx)?;
    change(ctx, ctx.sender, |profile| Profile {
        availability,
        ..profile
    });
    Ok(())
}

/// Any client may call a scheduled reducer: only the module itself may.
#[reducer]
pub fn end_status(ctx: &ReducerContext, timer: StatusTimer) -> Result<(), String> {
    require_module(ctx)?;
    let has_ended = |profile: &Profile| profile.until.is_some_and(|until| until <= ctx.timestamp);
    // Another status may have taken its place.
    if has_ended(&current(ctx, timer.identity)) {
        change(ctx, timer.identity, |profile| Profile {
            status_text: String::new(),
            emoji: String::new(),
            until: None,
            ..profile
        });
    }
    Ok(())
}

/// The last connection of somebody went then.
pub fn left(ctx: &ReducerContext, identity: Identity, at: Timestamp) {
    change(ctx, identity, |profile| Profile {
        last_seen: Some(at),
        ..profile
    });
}

/// Refuses a person who was never here.
pub fn require_known(ctx: &ReducerContext, person: Identity) -> Result<(), String> {
    if ctx.db.user().identity().find(person).is_some() {
        Ok(())
    } else {
        Err("person: There is no such person".into())
    }
}

fn current(ctx: &ReducerContext, identity: Identity) -> Profile {
    ctx.db
        .profile()
        .identity()
        .find(identity)
        .unwrap_or(Profile {
            identity,
            status_text: String::new(),
            emoji: String::new(),
            until: None,
            availability: 0,
            last_seen: None,
        })
}

fn change(ctx: &ReducerContext, identity: Identity, edit: impl FnOnce(Profile) -> Profile) {
    let profiles = ctx.db.profile();
    let next = edit(current(ctx, identity));
    if profiles.identity().find(identity).is_some() {
        profiles.identity().update(next);
    } else {
        profiles.insert(next);
    }
}
