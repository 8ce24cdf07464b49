//! How fast one person may talk.

use spacetimedb::{table, Identity, ReducerContext, Table, TimeDuration, Timestamp};

use crate::limits;

/// When the sender would have been silent long enough to have its whole burst again.
#[table(name = rate)]
pub struct Rate {
    #[primary_key]
    identity: Identity,
    rested_at: Timestamp,
}

/// Counts one message of the caller. The error tells the wait in milliseconds.
pub fn spend(ctx: &ReducerContext) -> Result<(), String> {
    let limits = limits::current(ctx);
    let rates = ctx.db.rate();
    let known = rates.identity().find(ctx.sender);
    let rested_at = known.as_ref().map(|rate| rate.rested_at);
    let next = Rate {
        identity: ctx.sender,
        rested_at: rested_after(ctx.timestamp, rested_at, limits.burst, limits.per_second)?,
    };
    match known {
        Some(_) => rates.identity().update(next),
        None => rates.insert(next),
    };
    Ok(())
}

/// When somebody who does one more thing `now` would have been silent long enough to do `burst` of them at
/// once; `rested_at` is when that was before. The error tells the wait in milliseconds.
pub fn rested_after(
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
