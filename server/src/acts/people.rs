//! The reducers by which people describe themselves.

use std::time::Duration;

use spacetimedb::{reducer, ReducerContext, Timestamp};

use crate::codes::{AVAILABILITY_AVAILABLE, AVAILABILITY_AWAY, AVAILABILITY_BUSY};
use crate::features::profiles;
use crate::rules::limits::MAX_STATUS_DAYS;
use crate::rules::{guard, rate, texts};

const LONGEST_STATUS: Duration = Duration::from_secs(MAX_STATUS_DAYS * 24 * 60 * 60);

/// Sets the caller's status until a time. Two empty texts clear it.
#[reducer]
pub fn set_status(
    ctx: &ReducerContext,
    text: String,
    emoji: String,
    until: Option<Timestamp>,
) -> Result<(), String> {
    guard::require_free(ctx)?;
    rate::spend(ctx)?;
    let text = texts::status(&text)?;
    if !emoji.is_empty() {
        texts::require_emoji(&emoji)?;
    }
    let latest = ctx.timestamp + LONGEST_STATUS;
    if until.is_some_and(|until| until <= ctx.timestamp || until > latest) {
        return Err("until: A status must end between now and a year from now".into());
    }
    profiles::set_status(ctx, text, emoji, until);
    Ok(())
}

/// Sets the caller's availability: 0 available, 1 away, 2 busy.
#[reducer]
pub fn set_availability(ctx: &ReducerContext, availability: u8) -> Result<(), String> {
    guard::require_free(ctx)?;
    let known = [AVAILABILITY_AVAILABLE, AVAILABILITY_AWAY, AVAILABILITY_BUSY];
    if !known.contains(&availability) {
        return Err("availability: Availability must be available, away or busy".into());
    }
    if profiles::find(ctx, ctx.sender).availability == availability {
        return Ok(());
    }
    rate::spend(ctx)?;
    profiles::set_availability(ctx, availability);
    Ok(())
}
