//! Who is writing something right now.

use std::time::Duration;

use spacetimedb::{
    client_visibility_filter, reducer, table, Filter, Identity, ReducerContext, ScheduleAt, Table,
    Timestamp,
};

use crate::place::Place;
use crate::presence::require_module;
use crate::room;

/// How long it lasts without a further sign.
const LASTS: Duration = Duration::from_secs(6);
/// Further signs within this are not passed on.
const THROTTLE: Duration = Duration::from_secs(3);

#[table(name = typing, public, index(name = by_person, btree(columns = [identity, room])))]
pub struct Typing {
    #[primary_key]
    #[auto_inc]
    pub id: u64,
    #[index(btree)]
    pub room: u32,
    pub identity: Identity,
    pub at: Timestamp,
}

#[table(
    name = private_typing,
    public,
    index(name = by_person, btree(columns = [identity, room])),
    index(name = by_pair, btree(columns = [recipient, room]))
)]
pub struct PrivateTyping {
    #[primary_key]
    #[auto_inc]
    pub id: u64,
    /// Whose row this is.
    #[index(btree)]
    pub recipient: Identity,
    pub room: u32,
    pub identity: Identity,
    pub at: Timestamp,
}

#[client_visibility_filter]
const PRIVATE_TYPING_OF_RECIPIENT: Filter =
    Filter::Sql("SELECT * FROM private_typing WHERE recipient = :sender");

/// One for each who types somewhere, until it has died down.
#[table(name = typing_timer, scheduled(end_typing))]
pub struct TypingTimer {
    #[primary_key]
    #[auto_inc]
    id: u64,
    scheduled_at: ScheduleAt,
    identity: Identity,
    room: u32,
}

/// The caller is writing something. Dies down by itself in six seconds.
#[reducer]
pub fn start_typing(ctx: &ReducerContext, room: u32) -> Result<(), String> {
    let place = Place::enter(ctx, room)?;
    place.require_open()?;
    let known = last_sign(ctx, ctx.sender, room);
    if known.is_some_and(|at| ctx.timestamp < at + THROTTLE) {
        return Ok(());
    }
    clear(ctx, ctx.sender, room);
    let (identity, at) = (ctx.sender, ctx.timestamp);
    match place {
        Place::Public(_) => {
            ctx.db.typing().insert(Typing {
                id: 0,
                room,
                identity,
                at,
            });
        }
        Place::Private(own) => {
            for recipient in own.members.into_iter().filter(|&member| member != identity) {
                let row = PrivateTyping {
                    id: 0,
                    recipient,
                    room,
                    identity,
                    at,
                };
                ctx.db.private_typing().insert(row);
            }
        }
    }
    if known.is_none() {
        watch(ctx, identity, room, at + LASTS);
    }
    Ok(())
}

/// Any client may call a scheduled reducer: only the module itself may.
#[reducer]
pub fn end_typing(ctx: &ReducerContext, timer: TypingTimer) -> Result<(), String> {
    require_module(ctx)?;
    match last_sign(ctx, timer.identity, timer.room) {
        Some(at) if ctx.timestamp < at + LASTS => {
            watch(ctx, timer.identity, timer.room, at + LASTS);
        }
        Some(_) => clear(ctx, timer.identity, timer.room),
        None => {}
    }
    Ok(())
}

/// What was typed is said, or will not be.
pub fn clear(ctx: &ReducerContext, identity: Identity, room: u32) {
    if room::is_private(room) {
        ctx.db.private_typing().by_person().delete((identity, room));
    } else {
        ctx.db.typing().by_person().delete((identity, room));
    }
}

/// Somebody has left a private room.
pub fn forget(ctx: &ReducerContext, room: u32, person: Identity) {
    clear(ctx, person, room);
    ctx.db.private_typing().by_pair().delete((person, room));
}

fn watch(ctx: &ReducerContext, identity: Identity, room: u32, until: Timestamp) {
    ctx.db.typing_timer().insert(TypingTimer {
        id: 0,
        scheduled_at: ScheduleAt::Time(until),
        identity,
        room,
    });
}

fn last_sign(ctx: &ReducerContext, identity: Identity, room: u32) -> Option<Timestamp> {
    if room::is_private(room) {
        let mut rows = ctx.db.private_typing().by_person().filter((identity, room));
        rows.next().map(|row| row.at)
    } else {
        let mut rows = ctx.db.typing().by_person().filter((identity, room));
        rows.next().map(|row| row.at)
    }
}
