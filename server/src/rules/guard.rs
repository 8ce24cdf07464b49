//! Rights: the caller's, and those that roles and sanctions leave to a person.

use spacetimedb::{Identity, ReducerContext, Timestamp};

use crate::codes::{ROLE_MEMBER, ROLE_MODERATOR, ROLE_OWNER, SANCTION_BAN};
use crate::tables::sanctions::{self, SanctionRecord};
use crate::tables::{roles, users};

/// Refuses everybody but the module's own timers: any client may call a scheduled reducer.
pub fn require_module(ctx: &ReducerContext) -> Result<(), String> {
    if ctx.sender == ctx.identity() && ctx.connection_id.is_none() {
        Ok(())
    } else {
        Err("rights: Only the database itself may do this".into())
    }
}

/// Refuses a caller under a sanction, with its kind, reason and end.
pub fn require_free(ctx: &ReducerContext) -> Result<(), String> {
    let in_force = sanctions::of(ctx, ctx.sender)
        .into_iter()
        .filter(|record| is_in_force(ctx, record));
    let Some(record) = in_force.max_by_key(|record| record.kind) else {
        return Ok(());
    };
    let reason = record.reason;
    Err(match record.until {
        Some(until) => format!(
            "timeout: You are timed out until {}: {reason}",
            plain_time(until)
        ),
        None => format!("banned: You are banned: {reason}"),
    })
}

/// Refuses members, and moderators under a sanction.
pub fn require_moderator(ctx: &ReducerContext) -> Result<(), String> {
    require_free(ctx)?;
    if is_moderator(ctx, ctx.sender) {
        Ok(())
    } else {
        Err("rights: Only a moderator may do this".into())
    }
}

/// Refuses everybody but owners.
pub fn require_owner(ctx: &ReducerContext) -> Result<(), String> {
    require_free(ctx)?;
    if role_of(ctx, ctx.sender) == ROLE_OWNER {
        Ok(())
    } else {
        Err("rights: Only an owner may do this".into())
    }
}

/// Refuses an identity that never connected.
pub fn require_known(ctx: &ReducerContext, person: Identity) -> Result<(), String> {
    if users::find(ctx, person).is_some() {
        Ok(())
    } else {
        Err("person: There is no such person".into())
    }
}

/// Refuses a caller who may not time out or ban a person.
pub fn require_may_sanction(ctx: &ReducerContext, person: Identity) -> Result<(), String> {
    require_moderator(ctx)?;
    require_known(ctx, person)?;
    match role_of(ctx, person) {
        ROLE_OWNER => Err("rights: An owner can't be timed out or banned".into()),
        ROLE_MODERATOR if role_of(ctx, ctx.sender) != ROLE_OWNER => {
            Err("rights: Only an owner can time out or ban a moderator".into())
        }
        _ => Ok(()),
    }
}

/// Returns the role of a person. A ban takes the role at once; a timer deletes its row right after.
pub fn role_of(ctx: &ReducerContext, person: Identity) -> u8 {
    match roles::find(ctx, person) {
        ROLE_MEMBER => ROLE_MEMBER,
        _ if is_banned(ctx, person) => ROLE_MEMBER,
        role => role,
    }
}

pub fn is_moderator(ctx: &ReducerContext, person: Identity) -> bool {
    role_of(ctx, person) >= ROLE_MODERATOR
}

pub fn is_sanctioned(ctx: &ReducerContext, person: Identity) -> bool {
    sanctions::of(ctx, person)
        .iter()
        .any(|record| is_in_force(ctx, record))
}

pub fn is_in_force(ctx: &ReducerContext, record: &SanctionRecord) -> bool {
    record.until.is_none_or(|until| until > ctx.timestamp)
}

fn is_banned(ctx: &ReducerContext, person: Identity) -> bool {
    sanctions::of(ctx, person)
        .iter()
        .any(|record| record.kind == SANCTION_BAN)
}

/// Formats a time such as `2026-01-31 12:05:00 UTC`.
fn plain_time(time: Timestamp) -> String {
    let text = time.to_rfc3339().unwrap_or_default();
    let time = text.get(..19).unwrap_or(&text).replace('T', " ");
    format!("{time} UTC")
}
