//! Changing and taking back what was said.

use spacetimedb::{reducer, ReducerContext};

use crate::line::Line;
use crate::place::Place;
use crate::post::{self, PostState};
use crate::room::LOBBY;
use crate::{activity, limits, mention, rate, reaction, search, text, version};

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

/// Takes a text out of everything that has it, in this transaction; nothing if it is gone already.
pub fn withdraw(ctx: &ReducerContext, place: &Place, mut line: Line, state: PostState) {
    if line.state != PostState::Normal {
        return;
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
}

fn require_author(ctx: &ReducerContext, line: &Line) -> Result<(), String> {
    if line.sender == ctx.sender {
        Ok(())
    } else {
        Err("rights: Only its author may do this".into())
    }
}

