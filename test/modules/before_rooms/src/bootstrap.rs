//! Everything a new database needs, and one that was a tutorial's until now.

use spacetimedb::{ReducerContext, Table};

use crate::room::LOBBY;
use crate::{limits, message, post, room, send, Message};

/// Brings the database up to what this module needs; nothing if it is. What a tutorial's database holds
/// is copied in its order before anything is numbered or trimmed.
pub fn ensure(ctx: &ReducerContext) {
    if room::exists(ctx, LOBBY) {
        return;
    }
    limits::create(ctx);
    room::create(ctx, LOBBY, "lobby");
    send::start_sweeping(ctx);
    let mut rows: Vec<Message> = ctx.db.message().iter().collect();
    rows.sort_by_key(|row| row.sent);
    for Message { sender, sent, text } in rows {
        post::write(ctx, LOBBY, sender, sent, None, text);
    }
    post::trim_mirror(ctx);
}
