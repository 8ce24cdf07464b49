//! Taking away what others said.
//!
//! In full mode the server sends a reducer's caller to everybody whose rows it touches. Who removed a post
//! of a public room is the moderators' business: the reducer touches rows of theirs alone, and a timer
//! takes the post away right after it.

use spacetimedb::{reducer, table, ReducerContext, ScheduleAt, Table};

use crate::edit::withdraw;
use crate::line::Line;
use crate::moderation::{self, Action};
use crate::place::Place;
use crate::post::{self, PostState};
use crate::presence::require_module;
use crate::private_room::DIRECT;
use crate::role;

/// Posts of public rooms that are taken away next.
#[table(name = removal_timer, scheduled(take_away))]
pub struct RemovalTimer {
    #[primary_key]
    #[auto_inc]
    id: u64,
    scheduled_at: ScheduleAt,
    /// Once, however often it is asked for.
    #[unique]
    post: u64,
    room: u32,
    seq: u64,
}

/// Takes anybody's post away: a stub that says so stays in its place. A moderator may wherever it can
/// read, and a private room's host there; nobody in a direct conversation.
#[reducer]
pub fn remove_post(ctx: &ReducerContext, room: u32, seq: u64) -> Result<(), String> {
    let place = Place::enter(ctx, room)?;
    let is_allowed = match &place {
        Place::Public(_) => role::is_moderator(ctx, ctx.sender),
        Place::Private(own) if own.kind == DIRECT => false,
        Place::Private(own) => own.host == ctx.sender || role::is_moderator(ctx, ctx.sender),
    };
    if !is_allowed {
        return Err("rights: Only a moderator may do this".into());
    }
    let line = Line::find(ctx, &place, seq)?;
    if matches!(place, Place::Private(_)) {
        // Its members' business, and theirs are all the rows: the log would tell others that it exists.
        withdraw(ctx, &place, line, PostState::Removed);
        return Ok(());
    }
    let timers = ctx.db.removal_timer();
    let post = post::id_of(room, seq);
    if line.state != PostState::Normal || timers.post().find(post).is_some() {
        return Ok(());
    }
    timers.insert(RemovalTimer {
        id: 0,
        scheduled_at: ScheduleAt::Time(ctx.timestamp),
        post,
        room,
        seq,
    });
    moderation::record(
        ctx,
        Action::RemovePost {
            author: line.sender,
            room,
            seq,
        },
    );
    Ok(())
}

/// Any client may call a scheduled reducer: only the module itself may.
#[reducer]
pub fn take_away(ctx: &ReducerContext, timer: RemovalTimer) -> Result<(), String> {
    require_module(ctx)?;
    let place = Place::find(ctx, timer.room)?;
    let line = Line::find(ctx, &place, timer.seq)?;
    withdraw(ctx, &place, line, PostState::Removed);
    Ok(())
}
