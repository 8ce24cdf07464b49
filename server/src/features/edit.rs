//! Edits of a message, and the loss of its text when it is deleted or removed.

use spacetimedb::ReducerContext;

use crate::features::post_view::PostView;
use crate::features::{lobby_mirror, mentions, post_versions, reactions, room_activity};
use crate::ids::LOBBY;
use crate::rules::room_access::RoomAccess;
use crate::search::index;
use crate::tables::posts::PostState;
use crate::tables::{mentions as mention_rows, post_versions as version_rows};

/// Gives a post another text and keeps the earlier one. The lobby's row for terminal clients
/// stays as it was, since those clients can't show a change.
pub fn replace_text(
    ctx: &ReducerContext,
    access: &RoomAccess,
    mut post: PostView,
    text: String,
) -> Result<(), String> {
    if text == post.text {
        return Ok(());
    }
    post_versions::keep(ctx, access, &post)?;
    let before = std::mem::replace(&mut post.text, text);
    post.edited = Some(ctx.timestamp);
    post.save(ctx, access);
    mentions::update(ctx, access, &post, &before);
    room_activity::update_excerpt(ctx, access, &post);
    index::replace_text(ctx, post.room, post.seq, &before, &post.text);
    Ok(())
}

/// Deletes the text of a post everywhere, in this transaction. Does nothing if the text is gone.
pub fn erase_text(ctx: &ReducerContext, access: &RoomAccess, mut post: PostView, state: PostState) {
    if post.state != PostState::Normal {
        return;
    }
    let (room, seq) = (post.room, post.seq);
    if room == LOBBY {
        let first = version_rows::first_text(ctx, room, seq);
        let first = first.unwrap_or_else(|| post.text.clone());
        lobby_mirror::remove(ctx, post.sender, post.sent, first);
    }
    post_versions::delete(ctx, access, seq);
    reactions::delete_all(ctx, access, seq);
    mention_rows::delete_of_post(ctx, room, seq);
    let text = std::mem::take(&mut post.text);
    post.state = state;
    post.save(ctx, access);
    room_activity::update_excerpt(ctx, access, &post);
    index::remove_post(ctx, room, seq, &text);
}
