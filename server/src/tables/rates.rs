//! The spent allowance of each person: one for messages, one for searches.

use spacetimedb::{table, Identity, ReducerContext, Table, Timestamp};

/// The time at which a person has the whole burst of messages again.
#[table(name = rate)]
pub struct Rate {
    #[primary_key]
    identity: Identity,
    rested_at: Timestamp,
}

/// The time at which a person has the whole burst of searches again.
#[table(name = search_rate)]
pub struct SearchRate {
    #[primary_key]
    identity: Identity,
    rested_at: Timestamp,
}

pub fn messages_rested_at(ctx: &ReducerContext, identity: Identity) -> Option<Timestamp> {
    let found = ctx.db.rate().identity().find(identity);
    found.map(|rate| rate.rested_at)
}

pub fn searches_rested_at(ctx: &ReducerContext, identity: Identity) -> Option<Timestamp> {
    let found = ctx.db.search_rate().identity().find(identity);
    found.map(|rate| rate.rested_at)
}

pub fn save_messages(ctx: &ReducerContext, identity: Identity, rested_at: Timestamp) {
    let rates = ctx.db.rate();
    let next = Rate {
        identity,
        rested_at,
    };
    if rates.identity().find(identity).is_some() {
        rates.identity().update(next);
    } else {
        rates.insert(next);
    }
}

pub fn save_searches(ctx: &ReducerContext, identity: Identity, rested_at: Timestamp) {
    let rates = ctx.db.search_rate();
    let next = SearchRate {
        identity,
        rested_at,
    };
    if rates.identity().find(identity).is_some() {
        rates.identity().update(next);
    } else {
        rates.insert(next);
    }
}
