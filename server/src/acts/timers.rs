//! The scheduled reducers. Any client may call one with a row of its own making, so each refuses
//! everybody but the module itself.

use spacetimedb::{reducer, ReducerContext};

use crate::features::moderation::{removal, sanctions};
use crate::features::{presence, private_rooms, profiles, room_activity, send_keys, typing};
use crate::rules::guard::require_module;
use crate::search::index;
use crate::tables::timers::{
    ActivityTimer, DepartureTimer, ForgetTimer, RemovalTimer, SanctionTimer, SearchTimer,
    StatusTimer, SweepTimer, TypingTimer,
};

#[reducer]
pub fn write_activity(ctx: &ReducerContext, timer: ActivityTimer) -> Result<(), String> {
    require_module(ctx)?;
    room_activity::refresh(ctx, timer.room);
    Ok(())
}

#[reducer]
pub fn end_grace(ctx: &ReducerContext, _timer: DepartureTimer) -> Result<(), String> {
    require_module(ctx)?;
    presence::end_grace(ctx);
    Ok(())
}

#[reducer]
pub fn forget_left(ctx: &ReducerContext, timer: ForgetTimer) -> Result<(), String> {
    require_module(ctx)?;
    private_rooms::delete_history(ctx, timer.room, timer.recipient, timer.from, timer.to);
    Ok(())
}

#[reducer]
pub fn take_away(ctx: &ReducerContext, timer: RemovalTimer) -> Result<(), String> {
    require_module(ctx)?;
    removal::finish(ctx, timer.room, timer.seq)
}

#[reducer]
pub fn show_sanctions(ctx: &ReducerContext, timer: SanctionTimer) -> Result<(), String> {
    require_module(ctx)?;
    sanctions::publish(ctx, timer.identity);
    Ok(())
}

#[reducer]
pub fn index_posts(ctx: &ReducerContext, _timer: SearchTimer) -> Result<(), String> {
    require_module(ctx)?;
    index::run_step(ctx);
    Ok(())
}

#[reducer]
pub fn end_status(ctx: &ReducerContext, timer: StatusTimer) -> Result<(), String> {
    require_module(ctx)?;
    profiles::end_status(ctx, timer.identity);
    Ok(())
}

#[reducer]
pub fn sweep_send_keys(ctx: &ReducerContext, _timer: SweepTimer) -> Result<(), String> {
    require_module(ctx)?;
    send_keys::sweep(ctx);
    Ok(())
}

#[reducer]
pub fn end_typing(ctx: &ReducerContext, timer: TypingTimer) -> Result<(), String> {
    require_module(ctx)?;
    typing::end(ctx, timer.identity, timer.room);
    Ok(())
}
