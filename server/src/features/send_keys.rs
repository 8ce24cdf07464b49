//! Client ids: each is used once, and announced before a `send_message`.
//!
//! A terminal client shows a row only if it comes from a reducer that it knows. So in the lobby a
//! panel calls `announce(client_id)` and then the quickstart's own `send_message(text)`, on one
//! connection.

use std::time::Duration;

use spacetimedb::ReducerContext;

use crate::rules::limits::SEND_KEY_DAYS;
use crate::rules::texts;
use crate::tables::send_keys::{self, Announcement, SendKey};
use crate::tables::timers;

const MICROS_PER_DAY: i64 = 24 * 60 * 60 * 1_000_000;
const SWEEP_EVERY: Duration = Duration::from_secs(60 * 60);

/// Stores the client id for the next `send_message` of this connection.
pub fn announce(ctx: &ReducerContext, client_id: String) {
    let Some(connection_id) = ctx.connection_id else {
        return;
    };
    send_keys::delete_announcement(ctx, connection_id);
    let announcement = Announcement {
        identity: ctx.sender,
        connection_id,
        refusal: texts::require_client_id(&client_id).err(),
        client_id,
    };
    send_keys::insert_announcement(ctx, announcement);
}

/// Deletes and returns the announcement of this connection.
pub fn take_announcement(ctx: &ReducerContext) -> Option<Announcement> {
    let found = send_keys::find_announcement(ctx, ctx.connection_id?);
    forget_announcement(ctx);
    found
}

/// Deletes the announcement of this connection.
pub fn forget_announcement(ctx: &ReducerContext) {
    if let Some(connection_id) = ctx.connection_id {
        send_keys::delete_announcement(ctx, connection_id);
    }
}

/// Returns whether the caller has sent something under this id. Comes before every other check: a
/// message that was sent stays sent, whatever the caller's rights are now.
pub fn is_used(ctx: &ReducerContext, client_id: &str) -> bool {
    send_keys::exists(ctx, ctx.sender, client_id)
}

/// Stores the id under which the caller has sent something.
pub fn remember(ctx: &ReducerContext, client_id: String, post_id: u64) {
    let key = SendKey {
        sender: ctx.sender,
        client_id,
        post_id,
        day: today(ctx),
    };
    send_keys::insert(ctx, key);
}

pub fn start_sweeping(ctx: &ReducerContext) {
    timers::start_sweep(ctx, SWEEP_EVERY);
}

/// Deletes ids that no client repeats any more.
pub fn sweep(ctx: &ReducerContext) {
    send_keys::delete_before(ctx, today(ctx).saturating_sub(SEND_KEY_DAYS));
}

fn today(ctx: &ReducerContext) -> u32 {
    (ctx.timestamp.to_micros_since_unix_epoch() / MICROS_PER_DAY) as u32
}
