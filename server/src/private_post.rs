//! What was said in private rooms: a row for every member who was in the room then.

use std::time::Duration;

use spacetimedb::{
    client_visibility_filter, reducer, table, Filter, Identity, ReducerContext, ScheduleAt, Table,
    Timestamp,
};

use crate::post::{page_of, PostState};
use crate::presence::require_module;
use crate::private_room::PrivateRoom;
use crate::room::{next_seq, take_seq};
use crate::{reaction, version};

/// Posts that are forgotten in one transaction: a thousand would hold everybody up for 60 ms (measured).
const FORGET_BLOCK: u64 = 250;
const FORGET_EVERY: Duration = Duration::from_millis(10);

#[table(name = private_post, public, index(name = by_seq, btree(columns = [room, seq, recipient])))]
#[derive(Clone)]
pub struct PrivatePost {
    #[primary_key]
    #[auto_inc]
    pub id: u64,
    /// Whose row this is.
    #[index(btree)]
    pub recipient: Identity,
    /// The room in the high 32 bits, `seq / 128` in the low ones.
    #[index(btree)]
    pub page: u64,
    pub room: u32,
    pub seq: u64,
    pub sender: Identity,
    pub sent: Timestamp,
    pub client_id: Option<String>,
    pub text: String,
    /// The `seq` of the post that this one answers, in the same room.
    pub reply_to: Option<u64>,
    pub edited: Option<Timestamp>,
    pub state: PostState,
}

#[client_visibility_filter]
const PRIVATE_POST_OF_RECIPIENT: Filter =
    Filter::Sql("SELECT * FROM private_post WHERE recipient = :sender");

/// Rows of somebody who left that are still to be forgotten: posts from `from` to before `to`.
#[table(name = forget_timer, scheduled(forget_left))]
pub struct ForgetTimer {
    #[primary_key]
    #[auto_inc]
    id: u64,
    scheduled_at: ScheduleAt,
    recipient: Identity,
    room: u32,
    from: u64,
    to: u64,
}

/// Writes a post for every member. Returns its number.
pub fn write(
    ctx: &ReducerContext,
    own: &PrivateRoom,
    client_id: Option<String>,
    text: &str,
    reply_to: Option<u64>,
) -> u64 {
    let room = own.room;
    let seq = take_seq(ctx, room);
    for &recipient in &own.members {
        ctx.db.private_post().insert(PrivatePost {
            id: 0,
            recipient,
            page: page_of(room, seq),
            room,
            seq,
            sender: ctx.sender,
            sent: ctx.timestamp,
            client_id: client_id.clone(),
            text: text.into(),
            reply_to,
            edited: None,
            state: PostState::Normal,
        });
    }
    seq
}

/// The rows of a post, one for each who sees it.
pub fn rows(ctx: &ReducerContext, room: u32, seq: u64) -> Vec<PrivatePost> {
    ctx.db.private_post().by_seq().filter((room, seq)).collect()
}

/// Somebody's row of a post.
pub fn of(ctx: &ReducerContext, room: u32, seq: u64, person: Identity) -> Option<PrivatePost> {
    ctx.db
        .private_post()
        .by_seq()
        .filter((room, seq, person))
        .next()
}

/// Changes a post, in the row of each who sees it.
pub fn change(ctx: &ReducerContext, room: u32, seq: u64, edit: impl Fn(&mut PrivatePost)) {
    for mut row in rows(ctx, room, seq) {
        edit(&mut row);
        ctx.db.private_post().id().update(row);
    }
}

/// Forgets what a member saw of a room since `joined_seq`: the newest at once, a long rest block by
/// block. A member who comes back sees only what is said later, so the two never meet.
pub fn forget(ctx: &ReducerContext, room: u32, recipient: Identity, joined_seq: u64) {
    forget_block(ctx, room, recipient, joined_seq, next_seq(ctx, room));
}

/// Any client may call a scheduled reducer: only the module itself may.
#[reducer]
pub fn forget_left(ctx: &ReducerContext, timer: ForgetTimer) -> Result<(), String> {
    require_module(ctx)?;
    forget_block(ctx, timer.room, timer.recipient, timer.from, timer.to);
    Ok(())
}

fn forget_block(ctx: &ReducerContext, room: u32, recipient: Identity, from: u64, to: u64) {
    let middle = to.saturating_sub(FORGET_BLOCK).max(from);
    for seq in middle..to {
        ctx.db
            .private_post()
            .by_seq()
            .delete((room, seq, recipient));
        version::forget_of(ctx, room, seq, recipient);
        reaction::forget_of(ctx, room, seq, recipient);
    }
    if middle > from {
        ctx.db.forget_timer().insert(ForgetTimer {
            id: 0,
            scheduled_at: ScheduleAt::Time(ctx.timestamp + FORGET_EVERY),
            recipient,
            room,
            from,
            to: middle,
        });
    }
}
