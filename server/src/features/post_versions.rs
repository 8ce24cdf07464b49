//! The earlier texts of an edited message, for everybody who sees it.

use spacetimedb::ReducerContext;

use crate::features::post_view::PostView;
use crate::rules::limits::MAX_EDITS;
use crate::rules::room_access::RoomAccess;
use crate::tables::post_versions::{self, PostVersion, PrivatePostVersion};

/// Keeps the current text of a post before an edit.
pub fn keep(ctx: &ReducerContext, access: &RoomAccess, post: &PostView) -> Result<(), String> {
    let PostView { room, seq, .. } = *post;
    let written_at = post.edited.unwrap_or(post.sent);
    let count = match access {
        RoomAccess::Public(_) => post_versions::count_public(ctx, room, seq),
        RoomAccess::Private(_) => post_versions::count_private(ctx, room, seq, ctx.sender),
    };
    if count >= MAX_EDITS {
        return Err(format!(
            "limits: A message can be edited at most {MAX_EDITS} times"
        ));
    }
    if let RoomAccess::Public(_) = access {
        let version = PostVersion {
            id: 0,
            room,
            seq,
            text: post.text.clone(),
            written_at,
        };
        post_versions::insert_public(ctx, version);
        return Ok(());
    }
    for recipient in post.recipients(ctx) {
        let version = PrivatePostVersion {
            id: 0,
            recipient,
            room,
            seq,
            text: post.text.clone(),
            written_at,
        };
        post_versions::insert_private(ctx, version);
    }
    Ok(())
}

/// Deletes the earlier texts of a post.
pub fn delete(ctx: &ReducerContext, access: &RoomAccess, seq: u64) {
    match access {
        RoomAccess::Public(_) => post_versions::delete_public(ctx, access.id(), seq),
        RoomAccess::Private(_) => post_versions::delete_private(ctx, access.id(), seq),
    }
}
