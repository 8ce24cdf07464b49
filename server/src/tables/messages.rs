//! The quickstart's table of messages. It mirrors the newest posts of the lobby for quickstart
//! clients.

use spacetimedb::{table, Identity, ReducerContext, Table, Timestamp};

/// A message, column for column as in the quickstart, since rows are encoded without column names.
#[table(name = message, public)]
pub struct Message {
    pub sender: Identity,
    pub sent: Timestamp,
    pub text: String,
}

pub fn oldest_first(ctx: &ReducerContext) -> Vec<Message> {
    let mut rows: Vec<Message> = ctx.db.message().iter().collect();
    rows.sort_by_key(|row| row.sent);
    rows
}

pub fn count(ctx: &ReducerContext) -> u64 {
    ctx.db.message().count()
}

pub fn insert(ctx: &ReducerContext, message: Message) {
    ctx.db.message().insert(message);
}

/// Deletes a message if it is there.
pub fn delete(ctx: &ReducerContext, message: Message) {
    ctx.db.message().delete(message);
}
