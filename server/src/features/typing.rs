//! The sign that a person is typing. It ends by itself a few seconds after the last key.

use std::time::Duration;

use spacetimedb::{Identity, ReducerContext};

use crate::rules::limits::{TYPING_PAUSE_SECONDS, TYPING_SECONDS};
use crate::rules::room_access::RoomAccess;
use crate::tables::{timers, typing};

const LASTS: Duration = Duration::from_secs(TYPING_SECONDS);
const PAUSE: Duration = Duration::from_secs(TYPING_PAUSE_SECONDS);

/// Shows the caller's sign of typing to the others. A further sign within the pause has no effect.
pub fn start(ctx: &ReducerContext, access: RoomAccess) {
    let room = access.id();
    let last_sign = typing::last_sign(ctx, ctx.sender, room);
    if last_sign.is_some_and(|at| ctx.timestamp < at + PAUSE) {
        return;
    }
    typing::delete_by(ctx, ctx.sender, room);
    match access {
        RoomAccess::Public(_) => typing::insert_public(ctx, room),
        RoomAccess::Private(own) => {
            for recipient in own.members {
                if recipient != ctx.sender {
                    typing::insert_private(ctx, room, recipient);
                }
            }
        }
    }
    if last_sign.is_none() {
        timers::start_typing(ctx, ctx.timestamp + LASTS, ctx.sender, room);
    }
}

/// Deletes a sign of typing that is too old, or waits for the end of a newer one.
pub fn end(ctx: &ReducerContext, identity: Identity, room: u32) {
    match typing::last_sign(ctx, identity, room) {
        Some(at) if ctx.timestamp < at + LASTS => {
            timers::start_typing(ctx, at + LASTS, identity, room);
        }
        Some(_) => typing::delete_by(ctx, identity, room),
        None => {}
    }
}
