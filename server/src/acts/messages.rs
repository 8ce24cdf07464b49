//! The reducers that send, edit, delete and answer messages.

use spacetimedb::{reducer, ReducerContext};

use crate::features::post_view::PostView;
use crate::features::{edit, reactions, read_marks, send, send_keys, typing};
use crate::rules::room_access::RoomAccess;
use crate::rules::{rate, texts};
use crate::tables::posts::PostState;
use crate::tables::{mentions, rooms};

/// Stores the client id for the next `send_message` on this connection. Never refuses by itself.
#[reducer]
pub fn announce(ctx: &ReducerContext, client_id: String) {
    send_keys::announce(ctx, client_id);
}

/// Sends a message to a room, once for each client id. Terminal clients don't know this reducer.
#[reducer]
pub fn post_message(
    ctx: &ReducerContext,
    room: u32,
    client_id: String,
    text: String,
) -> Result<(), String> {
    texts::require_client_id(&client_id)?;
    send::send_once(ctx, room, client_id, &text, None)
}

/// Sends an answer to the post with the `seq` `reply_to` in the same room, once for each client id.
#[reducer]
pub fn post_reply(
    ctx: &ReducerContext,
    room: u32,
    client_id: String,
    text: String,
    reply_to: u64,
) -> Result<(), String> {
    texts::require_client_id(&client_id)?;
    send::send_once(ctx, room, client_id, &text, Some(reply_to))
}

/// Edits the caller's own post. The earlier text remains readable.
#[reducer]
pub fn edit_post(ctx: &ReducerContext, room: u32, seq: u64, text: String) -> Result<(), String> {
    let access = RoomAccess::enter(ctx, room)?;
    access.require_open()?;
    let post = PostView::find(ctx, &access, seq)?;
    post.require_author(ctx)?;
    post.require_normal()?;
    rate::spend(ctx)?;
    let text = texts::message(ctx, &text)?;
    edit::replace_text(ctx, &access, post, text)
}

/// Deletes the text of the caller's own post. The post remains without it.
#[reducer]
pub fn delete_post(ctx: &ReducerContext, room: u32, seq: u64) -> Result<(), String> {
    let access = RoomAccess::enter(ctx, room)?;
    let post = PostView::find(ctx, &access, seq)?;
    post.require_author(ctx)?;
    edit::erase_text(ctx, &access, post, PostState::Deleted);
    Ok(())
}

/// Adds the caller's reaction to a post, or takes it away.
#[reducer]
pub fn react(
    ctx: &ReducerContext,
    room: u32,
    seq: u64,
    emoji: String,
    is_on: bool,
) -> Result<(), String> {
    let access = RoomAccess::enter(ctx, room)?;
    access.require_open()?;
    let post = PostView::find(ctx, &access, seq)?;
    post.require_normal()?;
    rate::spend(ctx)?;
    texts::require_emoji(&emoji)?;
    reactions::set(ctx, &access, &post, emoji, is_on)
}

/// Moves the caller's read mark past a post. A mark never moves back, nor past the newest post. A
/// person under a sanction may call this.
#[reducer]
pub fn mark_read(ctx: &ReducerContext, room: u32, seq: u64) -> Result<(), String> {
    RoomAccess::find(ctx, room)?;
    let unread_from = seq.saturating_add(1).min(rooms::next_seq(ctx, room));
    read_marks::advance(ctx, ctx.sender, room, unread_from);
    mentions::delete_before(ctx, ctx.sender, room, unread_from);
    Ok(())
}

/// Shows that the caller is typing, for a few seconds.
#[reducer]
pub fn start_typing(ctx: &ReducerContext, room: u32) -> Result<(), String> {
    let access = RoomAccess::enter(ctx, room)?;
    access.require_open()?;
    typing::start(ctx, access);
    Ok(())
}
