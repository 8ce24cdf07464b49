//! The removal of messages of others.

use spacetimedb::ReducerContext;

use crate::features::edit;
use crate::features::moderation::log::{self, Action};
use crate::features::post_view::PostView;
use crate::ids::post_id;
use crate::rules::room_access::RoomAccess;
use crate::tables::posts::PostState;
use crate::tables::timers;

/// Removes a post, in a public room by a timer. A private room has no entry in the log, since
/// moderators who are no members must not learn that it exists. All rows there belong to its
/// members.
pub fn request(ctx: &ReducerContext, access: &RoomAccess, post: PostView) {
    if let RoomAccess::Private(_) = access {
        edit::erase_text(ctx, access, post, PostState::Removed);
        return;
    }
    let PostView { room, seq, .. } = post;
    let id = post_id(room, seq);
    if post.state != PostState::Normal || timers::has_removal(ctx, id) {
        return;
    }
    timers::start_removal(ctx, ctx.timestamp, id, room, seq);
    log::record(
        ctx,
        Action::RemovePost {
            author: post.sender,
            room,
            seq,
        },
    );
}

/// Removes the post of a timer.
pub fn finish(ctx: &ReducerContext, room: u32, seq: u64) -> Result<(), String> {
    let access = RoomAccess::find(ctx, room)?;
    let post = PostView::find(ctx, &access, seq)?;
    edit::erase_text(ctx, &access, post, PostState::Removed);
    Ok(())
}
