//! How far each room has come, and its last line: what a list of rooms shows. Written by a timer once a
//! second at most, since everybody who sees a room is told of each change. How much is unread is
//! `next_seq` less the `unread_from` of one's mark, so no row for each person and post is needed.

use std::time::Duration;

use spacetimedb::{
    client_visibility_filter, reducer, table, Filter, Identity, ReducerContext, ScheduleAt, Table,
    Timestamp,
};

use crate::line::Line;
use crate::place::Place;
use crate::post::{self, PostState};
use crate::presence::require_module;
use crate::room::{self, next_seq};
use crate::{private_post, text};

const WRITE_EVERY: Duration = Duration::from_secs(1);
/// Unicode scalar values.
const EXCERPT_LENGTH: usize = 120;

#[table(name = room_activity, public)]
pub struct RoomActivity {
    #[primary_key]
    pub room: u32,
    /// The number of the next post, which is how many there were.
    pub next_seq: u64,
    /// Of the last post; who made the room and when, before there is one.
    pub sender: Identity,
    pub sent: Timestamp,
    /// Empty for a post that was taken back.
    pub excerpt: String,
}

#[table(
    name = private_activity,
    public,
    index(name = by_pair, btree(columns = [room, recipient]))
)]
pub struct PrivateActivity {
    #[primary_key]
    #[auto_inc]
    pub id: u64,
    /// Whose row this is.
    #[index(btree)]
    pub recipient: Identity,
    pub room: u32,
    pub next_seq: u64,
    pub sender: Identity,
    pub sent: Timestamp,
    pub excerpt: String,
}

#[client_visibility_filter]
const PRIVATE_ACTIVITY_OF_RECIPIENT: Filter =
    Filter::Sql("SELECT * FROM private_activity WHERE recipient = :sender");

/// Rooms where something was said since their row was written.
#[table(name = stale_room)]
pub struct StaleRoom {
    #[primary_key]
    room: u32,
}

#[table(name = activity_timer, scheduled(write_activity))]
pub struct ActivityTimer {
    #[primary_key]
    #[auto_inc]
    id: u64,
    scheduled_at: ScheduleAt,
    room: u32,
}

/// Something was said.
pub fn touch(ctx: &ReducerContext, room: u32) {
    let stale = ctx.db.stale_room();
    if stale.room().find(room).is_some() {
        return;
    }
    stale.insert(StaleRoom { room });
    ctx.db.activity_timer().insert(ActivityTimer {
        id: 0,
        scheduled_at: ScheduleAt::Time(ctx.timestamp + WRITE_EVERY),
        room,
    });
}

/// Any client may call a scheduled reducer: only the module itself may.
#[reducer]
pub fn write_activity(ctx: &ReducerContext, timer: ActivityTimer) -> Result<(), String> {
    require_module(ctx)?;
    ctx.db.stale_room().room().delete(timer.room);
    write(ctx, timer.room);
    Ok(())
}

/// A public room was made.
pub fn begin(ctx: &ReducerContext, room: u32, sender: Identity) {
    ctx.db.room_activity().insert(RoomActivity {
        room,
        next_seq: next_seq(ctx, room),
        sender,
        sent: ctx.timestamp,
        excerpt: String::new(),
    });
}

/// Somebody has come into a private room, and sees nothing of what was said before.
pub fn begin_private(ctx: &ReducerContext, room: u32, recipient: Identity, sender: Identity) {
    ctx.db.private_activity().insert(PrivateActivity {
        id: 0,
        recipient,
        room,
        next_seq: next_seq(ctx, room),
        sender,
        sent: ctx.timestamp,
        excerpt: String::new(),
    });
}

/// Rooms that were made before there was a last line.
pub fn begin_all(ctx: &ReducerContext) {
    for made in room::all(ctx) {
        begin(ctx, made.id, made.created_by);
        write(ctx, made.id);
    }
}

/// Somebody has left a private room.
pub fn forget(ctx: &ReducerContext, room: u32, person: Identity) {
    ctx.db.private_activity().by_pair().delete((room, person));
}

/// A post has another text: it leaves the last line at once. A row that is not written yet is left to
/// the timer. Touches only rows of those who see the post: in full mode the others would be sent the
/// arguments of this reducer.
pub fn rewrite(ctx: &ReducerContext, place: &Place, line: &Line) {
    let next_seq = line.seq + 1;
    if room::next_seq(ctx, line.room) != next_seq {
        return;
    }
    let excerpt = excerpt_of(line.state, &line.text);
    if let Place::Public(_) = place {
        let rows = ctx.db.room_activity();
        if let Some(row) = rows
            .room()
            .find(line.room)
            .filter(|row| row.next_seq == next_seq)
        {
            rows.room().update(RoomActivity { excerpt, ..row });
        }
        return;
    }
    let rows = ctx.db.private_activity();
    for recipient in line.private_readers(ctx) {
        let row = rows.by_pair().filter((line.room, recipient)).next();
        if let Some(row) = row.filter(|row| row.next_seq == next_seq) {
            let excerpt = excerpt.clone();
            rows.id().update(PrivateActivity { excerpt, ..row });
        }
    }
}

fn write(ctx: &ReducerContext, room: u32) {
    let next_seq = next_seq(ctx, room);
    let Some(newest) = next_seq.checked_sub(1) else {
        return;
    };
    if !room::is_private(room) {
        let rows = ctx.db.room_activity();
        if let Some(post) = post::find(ctx, room, newest) {
            rows.room().update(RoomActivity {
                room,
                next_seq,
                sender: post.sender,
                sent: post.sent,
                excerpt: excerpt_of(post.state, &post.text),
            });
        }
        return;
    }
    let rows = ctx.db.private_activity();
    for post in private_post::rows(ctx, room, newest) {
        if let Some(row) = rows.by_pair().filter((room, post.recipient)).next() {
            rows.id().update(PrivateActivity {
                next_seq,
                sender: post.sender,
                sent: post.sent,
                excerpt: excerpt_of(post.state, &post.text),
                ..row
            });
        }
    }
}

fn excerpt_of(state: PostState, text: &str) -> String {
    match state {
        PostState::Normal => text::excerpt(text, EXCERPT_LENGTH),
        PostState::Deleted | PostState::Removed => String::new(),
    }
}
