//! The lobby's newest posts in the quickstart's table, for terminal clients.

use spacetimedb::{Identity, ReducerContext, Timestamp};

use crate::rules::limits;
use crate::tables::messages::{self, Message};

/// Rows deleted at a time. Deleting one by one costs two thirds of the throughput.
const TRIM_BLOCK: u64 = 128;

/// Adds a post of the caller.
pub fn add(ctx: &ReducerContext, text: String) {
    messages::insert(
        ctx,
        Message {
            sender: ctx.sender,
            sent: ctx.timestamp,
            text,
        },
    );
    trim(ctx);
}

/// Removes a post, given with its first text, if the mirror still has it.
pub fn remove(ctx: &ReducerContext, sender: Identity, sent: Timestamp, text: String) {
    messages::delete(ctx, Message { sender, sent, text });
}

/// Deletes the oldest rows, once there are enough above the limit.
pub fn trim(ctx: &ReducerContext) {
    let mirrored = u64::from(limits::current(ctx).mirrored);
    let count = messages::count(ctx);
    if count < mirrored + TRIM_BLOCK {
        return;
    }
    let surplus = (count - mirrored) as usize;
    for row in messages::oldest_first(ctx).into_iter().take(surplus) {
        messages::delete(ctx, row);
    }
}
