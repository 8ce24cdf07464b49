//! Changing and taking back what was said.

use spacetimedb::{reducer, ReducerContext};

use crate::line::Line;
use crate::moderation::{self, Action};
use crate::place::Place;
use crate::post::{self, PostState};
use crate::private_room::DIRECT;
use crate::room::LOBBY;
use crate::{activity, limits, mention, rate, reaction, role, search, text, version};

/// Changes an own post; the earlier text stays to be read. The lobby's row for tutorial clients stays as
/// it was, since those can't show a change.
#[reducer]
pub fn edit_post(ctx: &ReducerContext, room: u32, seq: u64, text: String) -> Result<(), String> {
    let place = Place::enter(ctx, room)?;
    place.require_open()?;
    let mut line = Line::find(ctx, &place, seq)?;
    require_author(ctx, &line)?;
    line.require_normal()?;
    rate::spend(ctx)?;
    let text = text::clean_message(&text, limits::current(ctx).message_length)
        .map_err(|sentence| format!("text: {sentence}"))?;
    if text == line.text {
        return Ok(());
    }
    version::keep(ctx, &place, &line)?;
    let before = std::mem::replace(&mut line.text, text);
    line.edited = Some(ctx.timestamp);
    line.write(ctx, &place);
    mention::rewrite(ctx, &place, &line, &before);
    activity::rewrite(ctx, &place, &line);
    search::rewrite(ctx, room, seq, &before, &line.text);
    Ok(())
}

/// Takes an own post back: a stub without text stays in its place.
#[reducer]
pub fn delete_post(ctx: &ReducerContext, room: u32, seq: u64) -> Result<(), String> {
    let place = Place::enter(ctx, room)?;
    let line = Line::find(ctx, &place, seq)?;
    require_author(ctx, &line)?;
    withdraw(ctx, &place, line, PostState::Deleted);
    Ok(())
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
    let author = line.sender;
    let is_new = withdraw(ctx, &place, line, PostState::Removed);
    // A private room is its members' business: the log would tell others that it exists.
    if is_new && matches!(place, Place::Public(_)) {
        moderation::record(ctx, Action::RemovePost { author, room, seq });
    }
    Ok(())
}

/// Takes a text out of everything that has it, in this transaction. Returns false if it is gone already.
fn withdraw(ctx: &ReducerContext, place: &Place, mut line: Line, state: PostState) -> bool {
    if line.state != PostState::Normal {
        return false;
    }
    if line.room == LOBBY {
        let first = version::first(ctx, line.room, line.seq).unwrap_or_else(|| line.text.clone());
        post::unmirror(ctx, line.sender, line.sent, first);
    }
    version::forget(ctx, place, line.seq);
    reaction::forget(ctx, place, line.seq);
    mention::forget_post(ctx, line.room, line.seq);
    let text = std::mem::take(&mut line.text);
    line.state = state;
    line.write(ctx, place);
    activity::rewrite(ctx, place, &line);
    search::forget(ctx, line.room, line.seq, &text);
    true
}

fn require_author(ctx: &ReducerContext, line: &Line) -> Result<(), String> {
    if line.sender == ctx.sender {
        Ok(())
    } else {
        Err("rights: Only its author may do this".into())
    }
}

