//! Sending, so that a repeat is heard once.
//!
//! A tutorial client shows a row only if it comes from a reducer that it knows. So in the lobby a panel
//! says `announce(client_id)` and then the tutorial's own `send_message(text)`, on one connection.

use std::time::Duration;

use spacetimedb::{
    reducer, table, ConnectionId, Identity, ReducerContext, ScheduleAt, Table,
};

use crate::presence::require_module;
use crate::room::{self, LOBBY};
use crate::{limits, post, rate, text};

/// A client repeats itself for 24 hours at most; this leaves room for a clock that is wrong.
const KEY_LIFETIME_DAYS: u32 = 8;
const MICROS_PER_DAY: i64 = 24 * 60 * 60 * 1_000_000;
const SWEEP_EVERY: Duration = Duration::from_secs(60 * 60);
/// A UUID has 36 characters.
const MAX_CLIENT_ID_LENGTH: usize = 64;

/// The id under which the next `send_message` of a connection is sent. A refusal is kept here too and
/// told by that `send_message`: without its id it must not be sent at all.
#[table(name = announcement, index(name = by_pair, btree(columns = [identity, connection_id])))]
pub struct Announcement {
    identity: Identity,
    connection_id: ConnectionId,
    client_id: String,
    refusal: Option<String>,
}

/// A client id that was used. Outlives its post, so that a repeated call still has no effect.
#[table(name = send_key, index(name = by_id, btree(columns = [sender, client_id])))]
pub struct SendKey {
    sender: Identity,
    client_id: String,
    post_id: u64,
    /// Days since the epoch when it was sent: an index can't have a `Timestamp` (crate 1.3.2).
    #[index(btree)]
    day: u32,
}

#[table(name = sweep_timer, scheduled(sweep_send_keys))]
pub struct SweepTimer {
    #[primary_key]
    #[auto_inc]
    id: u64,
    scheduled_at: ScheduleAt,
}

/// Says under which id the next `send_message` on this connection is sent. Never refuses by itself.
#[reducer]
pub fn announce(ctx: &ReducerContext, client_id: String) {
    let Some(connection_id) = ctx.connection_id else {
        return;
    };
    forget_announcement(ctx);
    ctx.db.announcement().insert(Announcement {
        identity: ctx.sender,
        connection_id,
        refusal: check_client_id(&client_id).err(),
        client_id,
    });
}

/// As the tutorial has it. After `announce` it is sent once for each id, however often it is called.
#[reducer]
pub fn send_message(ctx: &ReducerContext, text: String) -> Result<(), String> {
    match take_announcement(ctx) {
        Some(Announcement {
            refusal: Some(refusal),
            ..
        }) => Err(refusal),
        Some(Announcement { client_id, .. }) => send_once(ctx, LOBBY, client_id, &text),
        None => {
            let text = check(ctx, &text).map_err(without_code)?;
            post::insert(ctx, LOBBY, None, text);
            Ok(())
        }
    }
}

/// Sends to a room that tutorial clients are not in, once for each id.
#[reducer]
pub fn post_message(
    ctx: &ReducerContext,
    room: u32,
    client_id: String,
    text: String,
) -> Result<(), String> {
    check_client_id(&client_id)?;
    send_once(ctx, room, client_id, &text)
}

/// Any client may call a scheduled reducer: only the module itself may, and the row is not looked at.
#[reducer]
pub fn sweep_send_keys(ctx: &ReducerContext, _timer: SweepTimer) -> Result<(), String> {
    require_module(ctx)?;
    let oldest = today(ctx).saturating_sub(KEY_LIFETIME_DAYS);
    ctx.db.send_key().day().delete(..oldest);
    Ok(())
}

pub fn start_sweeping(ctx: &ReducerContext) {
    ctx.db.sweep_timer().insert(SweepTimer {
        id: 0,
        scheduled_at: ScheduleAt::Interval(SWEEP_EVERY.into()),
    });
}

/// The connection is gone, or says something else.
pub fn forget_announcement(ctx: &ReducerContext) {
    if let Some(connection_id) = ctx.connection_id {
        let pair = (ctx.sender, connection_id);
        ctx.db.announcement().by_pair().delete(pair);
    }
}

fn take_announcement(ctx: &ReducerContext) -> Option<Announcement> {
    let pair = (ctx.sender, ctx.connection_id?);
    let found = ctx.db.announcement().by_pair().filter(pair).next();
    forget_announcement(ctx);
    found
}

/// A hit in the keys comes before everything: what was sent is sent, whatever else is true now.
fn send_once(ctx: &ReducerContext, room: u32, client_id: String, raw: &str) -> Result<(), String> {
    let keys = ctx.db.send_key();
    if keys.by_id().filter((ctx.sender, &client_id)).next().is_some() {
        return Ok(());
    }
    if !room::exists(ctx, room) {
        return Err("room: There is no such room".into());
    }
    let text = check(ctx, raw)?;
    let post_id = post::insert(ctx, room, Some(client_id.clone()), text);
    keys.insert(SendKey {
        sender: ctx.sender,
        client_id,
        post_id,
        day: today(ctx),
    });
    Ok(())
}

fn today(ctx: &ReducerContext) -> u32 {
    (ctx.timestamp.to_micros_since_unix_epoch() / MICROS_PER_DAY) as u32
}

fn check(ctx: &ReducerContext, raw: &str) -> Result<String, String> {
    rate::spend(ctx)?;
    text::clean_message(raw, limits::current(ctx).message_length)
        .map_err(|sentence| format!("text: {sentence}"))
}

fn check_client_id(client_id: &str) -> Result<(), String> {
    let is_printable = client_id.chars().all(|c| c.is_ascii_graphic());
    if client_id.is_empty() || client_id.len() > MAX_CLIENT_ID_LENGTH || !is_printable {
        return Err("id: A client id is 1 to 64 printable characters".into());
    }
    Ok(())
}

/// The tutorial's clients show the sentence as it comes.
fn without_code(error: String) -> String {
    error
        .split_once(": ")
        .map_or(error.clone(), |(_code, sentence)| sentence.into())
}
