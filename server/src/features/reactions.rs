//! Reactions: the emoji that people put under a message.

use spacetimedb::ReducerContext;

use crate::features::post_view::PostView;
use crate::ids::page_of;
use crate::rules::limits::MAX_REACTIONS;
use crate::rules::room_access::RoomAccess;
use crate::tables::reactions::{self, PrivateReaction, Reaction, ReactionTally};

/// Adds the caller's reaction to a post, or takes it away.
pub fn set(
    ctx: &ReducerContext,
    access: &RoomAccess,
    post: &PostView,
    emoji: String,
    is_on: bool,
) -> Result<(), String> {
    let PostView { room, seq, .. } = *post;
    let own = match access {
        RoomAccess::Public(_) => reactions::public_ids(ctx, room, seq, ctx.sender, &emoji),
        RoomAccess::Private(_) => reactions::private_ids(ctx, room, seq, ctx.sender, &emoji),
    };
    if own.is_empty() != is_on {
        return Ok(());
    }
    if is_on {
        count_up(ctx, room, seq, &emoji)?;
        insert(ctx, access, post, emoji);
        return Ok(());
    }
    count_down(ctx, room, seq, &emoji);
    for id in own {
        match access {
            RoomAccess::Public(_) => reactions::delete_public(ctx, id),
            RoomAccess::Private(_) => reactions::delete_private(ctx, id),
        }
    }
    Ok(())
}

/// Deletes all reactions to a post.
pub fn delete_all(ctx: &ReducerContext, access: &RoomAccess, seq: u64) {
    let room = access.id();
    match access {
        RoomAccess::Public(_) => reactions::delete_public_of_post(ctx, room, seq),
        RoomAccess::Private(_) => reactions::delete_private_of_post(ctx, room, seq),
    }
    reactions::delete_tallies_of_post(ctx, room, seq);
}

fn insert(ctx: &ReducerContext, access: &RoomAccess, post: &PostView, emoji: String) {
    let PostView { room, seq, .. } = *post;
    let page = page_of(room, seq);
    let who = ctx.sender;
    if let RoomAccess::Public(_) = access {
        let reaction = Reaction {
            id: 0,
            page,
            room,
            seq,
            who,
            emoji,
        };
        reactions::insert_public(ctx, reaction);
        return;
    }
    for recipient in post.recipients(ctx) {
        let reaction = PrivateReaction {
            id: 0,
            recipient,
            page,
            room,
            seq,
            who,
            emoji: emoji.clone(),
        };
        reactions::insert_private(ctx, reaction);
    }
}

fn count_up(ctx: &ReducerContext, room: u32, seq: u64, emoji: &str) -> Result<(), String> {
    let tallies = reactions::tallies(ctx, room, seq);
    let kinds = tallies.len();
    if let Some(tally) = tallies.into_iter().find(|tally| tally.emoji == emoji) {
        let count = tally.count + 1;
        reactions::update_tally(ctx, ReactionTally { count, ..tally });
    } else if kinds < MAX_REACTIONS {
        let tally = ReactionTally {
            id: 0,
            room,
            seq,
            emoji: emoji.into(),
            count: 1,
        };
        reactions::insert_tally(ctx, tally);
    } else {
        return Err(format!(
            "limits: A message can have at most {MAX_REACTIONS} different reactions"
        ));
    }
    Ok(())
}

fn count_down(ctx: &ReducerContext, room: u32, seq: u64, emoji: &str) {
    let tallies = reactions::tallies(ctx, room, seq);
    match tallies.into_iter().find(|tally| tally.emoji == emoji) {
        Some(tally) if tally.count > 1 => {
            let count = tally.count - 1;
            reactions::update_tally(ctx, ReactionTally { count, ..tally });
        }
        Some(tally) => reactions::delete_tally(ctx, tally.id),
        None => {}
    }
}
