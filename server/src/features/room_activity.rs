//! The newest message of each room, for a list of rooms. A timer writes it once a second at most,
//! since every change goes to everybody who sees the room. The unread count of a person is
//! `next_seq` less the `unread_from` of the read mark, so it needs no row for each person and post.

use std::time::Duration;

use spacetimedb::{Identity, ReducerContext};

use crate::features::post_view::PostView;
use crate::ids;
use crate::rules::limits::MAX_EXCERPT_LENGTH;
use crate::rules::room_access::RoomAccess;
use crate::tables::activity::{self, PrivateActivity, RoomActivity};
use crate::tables::posts::{self, PostState};
use crate::tables::{private_posts, rooms, timers};
use crate::text;

const WRITE_EVERY: Duration = Duration::from_secs(1);

/// Starts the timer for a room with a new post, unless it runs.
pub fn mark_stale(ctx: &ReducerContext, room: u32) {
    if activity::is_stale(ctx, room) {
        return;
    }
    activity::insert_stale(ctx, room);
    timers::start_activity(ctx, ctx.timestamp + WRITE_EVERY, room);
}

/// Writes the activity of a room whose timer has run.
pub fn refresh(ctx: &ReducerContext, room: u32) {
    activity::delete_stale(ctx, room);
    write(ctx, room);
}

/// Adds the activity of a new public room.
pub fn insert_public(ctx: &ReducerContext, room: u32, creator: Identity) {
    let row = RoomActivity {
        room,
        next_seq: rooms::next_seq(ctx, room),
        sender: creator,
        sent: ctx.timestamp,
        excerpt: String::new(),
    };
    activity::insert_public(ctx, row);
}

/// Adds the activity of a private room for a new member, who sees none of the posts so far.
pub fn insert_private(ctx: &ReducerContext, room: u32, recipient: Identity, host: Identity) {
    let row = PrivateActivity {
        id: 0,
        recipient,
        room,
        next_seq: rooms::next_seq(ctx, room),
        sender: host,
        sent: ctx.timestamp,
        excerpt: String::new(),
    };
    activity::insert_private(ctx, row);
}

/// Adds the activity of rooms from a version of the module that had none.
pub fn insert_all(ctx: &ReducerContext) {
    for room in rooms::all(ctx) {
        insert_public(ctx, room.id, room.created_by);
        write(ctx, room.id);
    }
}

/// Replaces the excerpt if the post is the newest of its room. A row that is not written yet is
/// left to the timer. Touches only rows of people who see the post, since a client in full mode
/// gets the arguments of a reducer that touches its rows.
pub fn update_excerpt(ctx: &ReducerContext, access: &RoomAccess, post: &PostView) {
    let next_seq = post.seq + 1;
    if rooms::next_seq(ctx, post.room) != next_seq {
        return;
    }
    let excerpt = excerpt_of(post.state, &post.text);
    if let RoomAccess::Public(_) = access {
        let row = activity::find_public(ctx, post.room);
        if let Some(row) = row.filter(|row| row.next_seq == next_seq) {
            activity::update_public(ctx, RoomActivity { excerpt, ..row });
        }
        return;
    }
    for recipient in post.recipients(ctx) {
        let row = activity::find_private(ctx, post.room, recipient);
        if let Some(row) = row.filter(|row| row.next_seq == next_seq) {
            let excerpt = excerpt.clone();
            activity::update_private(ctx, PrivateActivity { excerpt, ..row });
        }
    }
}

fn write(ctx: &ReducerContext, room: u32) {
    let next_seq = rooms::next_seq(ctx, room);
    let Some(newest) = next_seq.checked_sub(1) else {
        return;
    };
    if !ids::is_private(room) {
        if let Some(post) = posts::find(ctx, room, newest) {
            let row = RoomActivity {
                room,
                next_seq,
                sender: post.sender,
                sent: post.sent,
                excerpt: excerpt_of(post.state, &post.text),
            };
            activity::update_public(ctx, row);
        }
        return;
    }
    for post in private_posts::rows(ctx, room, newest) {
        if let Some(row) = activity::find_private(ctx, room, post.recipient) {
            let row = PrivateActivity {
                next_seq,
                sender: post.sender,
                sent: post.sent,
                excerpt: excerpt_of(post.state, &post.text),
                ..row
            };
            activity::update_private(ctx, row);
        }
    }
}

fn excerpt_of(state: PostState, text: &str) -> String {
    match state {
        PostState::Normal => text::excerpt(text, MAX_EXCERPT_LENGTH),
        PostState::Deleted | PostState::Removed => String::new(),
    }
}
