//! The rates of messages and searches. A refusal ends with the wait in milliseconds, which clients
//! read.

use spacetimedb::{ReducerContext, TimeDuration, Timestamp};

use crate::rules::limits::{self, SEARCHES_PER_SECOND, SEARCH_BURST};
use crate::tables::rates;

/// Counts one message, or anything else that others see, of the caller.
pub fn spend(ctx: &ReducerContext) -> Result<(), String> {
    let limits = limits::current(ctx);
    let before = rates::messages_rested_at(ctx, ctx.sender);
    let rested_at = rested_after(ctx.timestamp, before, limits.burst, limits.per_second)?;
    rates::save_messages(ctx, ctx.sender, rested_at);
    Ok(())
}

/// Counts one search of the caller.
pub fn spend_search(ctx: &ReducerContext) -> Result<(), String> {
    let before = rates::searches_rested_at(ctx, ctx.sender);
    let rested_at = rested_after(ctx.timestamp, before, SEARCH_BURST, SEARCHES_PER_SECOND)?;
    rates::save_searches(ctx, ctx.sender, rested_at);
    Ok(())
}

/// Returns the time at which a person who acts `now` has the whole burst again. `rested_at` is that
/// time before the act.
fn rested_after(
    now: Timestamp,
    rested_at: Option<Timestamp>,
    burst: u32,
    per_second: u32,
) -> Result<Timestamp, String> {
    let cost = 1_000_000 / i64::from(per_second);
    let allowance = cost * i64::from(burst);
    let ahead = rested_at.map_or(0, |at| {
        at.to_micros_since_unix_epoch() - now.to_micros_since_unix_epoch()
    });
    let ahead = ahead.max(0) + cost;
    if ahead > allowance {
        return Err(format!(
            "rate: Wait {} ms",
            (ahead - allowance + 999) / 1_000
        ));
    }
    Ok(now + TimeDuration::from_micros(ahead))
}
