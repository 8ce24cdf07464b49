//! Messages. Each has a number in its room and a page to find it by.

use spacetimedb::{table, Identity, ReducerContext, SpacetimeType, Table, Timestamp};

use crate::room::{take_seq, LOBBY};
use crate::{limits, message, Message};

/// Posts of a page. Equality on a page is found by index, a range is not (server 1.3.0).
const PAGE_SIZE: u64 = 128;
/// Rows are trimmed this many at a time: one by one costs two thirds of the throughput.
const TRIM_BLOCK: u64 = 128;

#[derive(SpacetimeType, Clone, Copy, PartialEq, Eq)]
pub enum PostState {
    Normal,
    /// By its author.
    Deleted,
    /// By a moderator.
    Removed,
}

#[table(name = post, public)]
pub struct Post {
    #[primary_key]
    #[auto_inc]
    pub id: u64,
    /// The room in the high 32 bits, `seq / 128` in the low ones.
    #[index(btree)]
    pub page: u64,
    pub room: u32,
    pub seq: u64,
    pub sender: Identity,
    pub sent: Timestamp,
    /// The sender's own id for it, by which a panel knows its message again.
    pub client_id: Option<String>,
    pub text: String,
    pub reply_to: Option<u64>,
    pub edited: Option<Timestamp>,
    pub state: PostState,
}

pub fn page_of(room: u32, seq: u64) -> u64 {
    u64::from(room) << 32 | seq / PAGE_SIZE
}

/// Writes a post, and its row for tutorial clients if it is in the lobby. Returns its id.
pub fn insert(ctx: &ReducerContext, room: u32, client_id: Option<String>, text: String) -> u64 {
    if room == LOBBY {
        ctx.db.message().insert(Message {
            sender: ctx.sender,
            sent: ctx.timestamp,
            text: text.clone(),
        });
        trim_mirror(ctx);
    }
    write(ctx, room, ctx.sender, ctx.timestamp, client_id, text)
}

/// Writes a post of somebody, sent at some time; without a row for tutorial clients.
pub fn write(
    ctx: &ReducerContext,
    room: u32,
    sender: Identity,
    sent: Timestamp,
    client_id: Option<String>,
    text: String,
) -> u64 {
    let seq = take_seq(ctx, room);
    let post = ctx.db.post().insert(Post {
        id: 0,
        page: page_of(room, seq),
        room,
        seq,
        sender,
        sent,
        client_id,
        text,
        reply_to: None,
        edited: None,
        state: PostState::Normal,
    });
    post.id
}

/// Leaves the newest rows for tutorial clients.
pub fn trim_mirror(ctx: &ReducerContext) {
    let messages = ctx.db.message();
    let mirrored = u64::from(limits::current(ctx).mirrored);
    let count = messages.count();
    if count < mirrored + TRIM_BLOCK {
        return;
    }
    let mut rows: Vec<Message> = messages.iter().collect();
    rows.sort_by_key(|row| row.sent);
    let surplus = (count - mirrored) as usize;
    for row in rows.into_iter().take(surplus) {
        messages.delete(row);
    }
}
