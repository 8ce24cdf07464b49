//! Time-outs and bans. A sanctioned person may connect, read, leave and mark as read; every other reducer
//! refuses it.

use std::time::Duration;

use spacetimedb::{reducer, table, Identity, ReducerContext, Table, Timestamp};

use crate::moderation::{self, Action};
use crate::role::{self, MODERATOR, OWNER};
use crate::{profile, sanction, text};

pub const TIME_OUT: u8 = 1;
pub const BAN: u8 = 2;

const LONGEST_TIME_OUT_SECONDS: u32 = 31 * 24 * 60 * 60;
/// Unicode scalar values.
const MAX_REASON_LENGTH: u32 = 500;

/// What is true of somebody: one of each kind at most. What is seen of it are other rows.
#[table(name = verdict)]
pub struct Verdict {
    #[primary_key]
    #[auto_inc]
    pub id: u64,
    #[index(btree)]
    pub identity: Identity,
    pub kind: u8,
    /// Of a time-out.
    pub until: Option<Timestamp>,
    pub reason: String,
    pub by: Identity,
    pub at: Timestamp,
}

/// Silences somebody for a while.
#[reducer]
pub fn time_out(
    ctx: &ReducerContext,
    person: Identity,
    seconds: u32,
    reason: String,
) -> Result<(), String> {
    require_may_sanction(ctx, person)?;
    if seconds == 0 || seconds > LONGEST_TIME_OUT_SECONDS {
        return Err("limits: A time-out lasts from a second to 31 days".into());
    }
    let reason = clean_reason(&reason)?;
    let until = ctx.timestamp + Duration::from_secs(seconds.into());
    pronounce(ctx, person, TIME_OUT, Some(until), &reason);
    sanction::show_at(ctx, person, until);
    moderation::record(
        ctx,
        Action::TimeOut {
            person,
            seconds,
            reason,
        },
    );
    Ok(())
}

/// Silences somebody until it is lifted. A banned moderator is none any more.
#[reducer]
pub fn ban(ctx: &ReducerContext, person: Identity, reason: String) -> Result<(), String> {
    require_may_sanction(ctx, person)?;
    let reason = clean_reason(&reason)?;
    pronounce(ctx, person, BAN, None, &reason);
    moderation::record(ctx, Action::Ban { person, reason });
    Ok(())
}

/// Ends a time-out (1) or a ban (2); the reason may be empty.
#[reducer]
pub fn lift(
    ctx: &ReducerContext,
    person: Identity,
    kind: u8,
    reason: String,
) -> Result<(), String> {
    require_moderator(ctx)?;
    if kind != TIME_OUT && kind != BAN {
        return Err("sanction: There is no such sanction".into());
    }
    let reason = clean_line(&reason)?;
    if !of(ctx, person).iter().any(|verdict| verdict.kind == kind) {
        return Ok(());
    }
    withdraw(ctx, person, kind);
    sanction::show_at(ctx, person, ctx.timestamp);
    moderation::record(
        ctx,
        Action::Lift {
            person,
            kind,
            reason,
        },
    );
    Ok(())
}

/// Refuses a sanctioned caller, with what, why and until when.
pub fn require_free(ctx: &ReducerContext) -> Result<(), String> {
    let in_force = of(ctx, ctx.sender)
        .into_iter()
        .filter(|verdict| is_in_force(ctx, verdict));
    let Some(verdict) = in_force.max_by_key(|verdict| verdict.kind) else {
        return Ok(());
    };
    let reason = verdict.reason;
    Err(match verdict.until {
        Some(until) => format!(
            "timeout: You are timed out until {}: {reason}",
            plain_time(until)
        ),
        None => format!("banned: You are banned: {reason}"),
    })
}

pub fn is_sanctioned(ctx: &ReducerContext, person: Identity) -> bool {
    of(ctx, person)
        .iter()
        .any(|verdict| is_in_force(ctx, verdict))
}

pub fn is_banned(ctx: &ReducerContext, person: Identity) -> bool {
    of(ctx, person).iter().any(|verdict| verdict.kind == BAN)
}

/// What somebody is under, and perhaps was until a moment ago.
pub fn of(ctx: &ReducerContext, identity: Identity) -> Vec<Verdict> {
    ctx.db.verdict().identity().filter(identity).collect()
}

pub fn all(ctx: &ReducerContext) -> Vec<Verdict> {
    ctx.db.verdict().iter().collect()
}

/// Forgets what is over for somebody.
pub fn drop_ended(ctx: &ReducerContext, identity: Identity) {
    for verdict in of(ctx, identity) {
        if !is_in_force(ctx, &verdict) {
            withdraw(ctx, identity, verdict.kind);
        }
    }
}

/// Refuses whoever is no moderator, and a moderator that is timed out.
fn require_moderator(ctx: &ReducerContext) -> Result<(), String> {
    require_free(ctx)?;
    if role::is_moderator(ctx, ctx.sender) {
        Ok(())
    } else {
        Err("rights: Only a moderator may do this".into())
    }
}

fn require_may_sanction(ctx: &ReducerContext, person: Identity) -> Result<(), String> {
    require_moderator(ctx)?;
    profile::require_known(ctx, person)?;
    match role::rank_of(ctx, person) {
        OWNER => Err("rights: Nobody can sanction an owner".into()),
        MODERATOR if role::rank_of(ctx, ctx.sender) != OWNER => {
            Err("rights: Only an owner can sanction a moderator".into())
        }
        _ => Ok(()),
    }
}

fn pronounce(
    ctx: &ReducerContext,
    identity: Identity,
    kind: u8,
    until: Option<Timestamp>,
    reason: &str,
) {
    withdraw(ctx, identity, kind);
    let verdict = ctx.db.verdict().insert(Verdict {
        id: 0,
        identity,
        kind,
        until,
        reason: reason.into(),
        by: ctx.sender,
        at: ctx.timestamp,
    });
    sanction::tell_moderators(ctx, &verdict);
    sanction::show_at(ctx, identity, ctx.timestamp);
}

fn withdraw(ctx: &ReducerContext, identity: Identity, kind: u8) {
    for verdict in of(ctx, identity) {
        if verdict.kind == kind {
            ctx.db.verdict().id().delete(verdict.id);
        }
    }
    sanction::untell_moderators(ctx, identity, kind);
}

fn is_in_force(ctx: &ReducerContext, verdict: &Verdict) -> bool {
    verdict.until.is_none_or(|until| until > ctx.timestamp)
}

fn clean_reason(raw: &str) -> Result<String, String> {
    let reason = clean_line(raw)?;
    if reason.is_empty() {
        return Err("text: A reason is needed".into());
    }
    Ok(reason)
}

fn clean_line(raw: &str) -> Result<String, String> {
    text::clean_line("Reasons", raw, MAX_REASON_LENGTH)
        .map_err(|sentence| format!("text: {sentence}"))
}

/// Such as `2026-01-31 12:05:00 UTC`.
fn plain_time(time: Timestamp) -> String {
    let text = time.to_rfc3339().unwrap_or_default();
    let time = text.get(..19).unwrap_or(&text).replace('T', " ");
    format!("{time} UTC")
}
