//! The rate of messages of one person.

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
    let cost = 1_000_000 / i64::from(limits.per_second);
    let allowance = cost * i64::from(limits.burst);
    let rates = ctx.db.rate();
    let known = rates.identity().find(ctx.sender);
    let now = ctx.timestamp.to_micros_since_unix_epoch();
    let rested = known
        .as_ref()
        .map_or(now, |rate| rate.rested_at.to_micros_since_unix_epoch().max(now));
    let wait = rested + cost - now - allowance;
    if wait > 0 {
        return Err(format!("rate: Wait {} ms", (wait + 999) / 1_000));
    }
    let next = Rate {
        identity: ctx.sender,
        rested_at: ctx.timestamp + TimeDuration::from_micros(rested + cost - now),
    };
    match known {
        Some(_) => {
            rates.identity().update(next);
        }
        None => {
            rates.insert(next);
        }
    }
    Ok(())
}
