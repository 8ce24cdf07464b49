//! The tutorial's tables, to be filled with messages in bulk: with SQL a `Timestamp` can't be written, and
//! one by one a million takes minutes. `server/` is published over it like over any tutorial's database.

use spacetimedb::sats::u256;
use spacetimedb::{reducer, table, Identity, ReducerContext, Table, TimeDuration, Timestamp};

#[table(name = user, public)]
pub struct User {
    #[primary_key]
    identity: Identity,
    name: Option<String>,
    online: bool,
}

#[table(name = message, public)]
pub struct Message {
    sender: Identity,
    sent: Timestamp,
    text: String,
}

/// People of these names, whose identities are 1, 2 and so on.
#[reducer]
pub fn fill_people(ctx: &ReducerContext, names: Vec<String>) {
    for (index, name) in names.into_iter().enumerate() {
        ctx.db.user().insert(User {
            identity: person(index),
            name: Some(name),
            online: false,
        });
    }
}

/// Messages by `senders`, which count from 0, the first sent at `from_micros` and each `step_micros` later.
#[reducer]
pub fn fill_messages(
    ctx: &ReducerContext,
    from_micros: i64,
    step_micros: i64,
    senders: Vec<u32>,
    texts: Vec<String>,
) {
    let mut sent = Timestamp::from_micros_since_unix_epoch(from_micros);
    for (sender, text) in senders.into_iter().zip(texts) {
        ctx.db.message().insert(Message {
            sender: person(sender as usize),
            sent,
            text,
        });
        sent += TimeDuration::from_micros(step_micros);
    }
}

fn person(index: usize) -> Identity {
    Identity::from_u256(u256::from(index as u64 + 1))
}
