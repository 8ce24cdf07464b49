//! What was said, with a number in its room and a page to find it by.

use spacetimedb::{table, Identity, ReducerContext, SpacetimeType, Table, Timestamp};

use crate::line::Line;
use crate::place::Place;
use crate::room::{take_seq, LOBBY};
use crate::{activity, limits, mention, message, private_post, read_mark, search, typing, Message};

/// Bits of a post's id that are its number in its room; the others are the room.
const SEQ_BITS: u32 = 40;
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
    /// The room in the high 24 bits, `seq` in the low ones, so that a post is found by its number.
    #[primary_key]
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
    /// The `seq` of the post that this one answers, in the same room.
    pub reply_to: Option<u64>,
    pub edited: Option<Timestamp>,
    pub state: PostState,
}

pub fn id_of(room: u32, seq: u64) -> u64 {
    (u64::from(room) << SEQ_BITS) | seq
}

pub fn page_of(room: u32, seq: u64) -> u64 {
    (u64::from(room) << 32) | (seq / PAGE_SIZE)
}

/// Writes a post of the caller, and all that follows from it. Returns its id, which in a private room is
/// its number, since there it has a row for each member.
pub fn insert(
    ctx: &ReducerContext,
    place: &Place,
    client_id: Option<String>,
    text: String,
    reply_to: Option<u64>,
) -> u64 {
    let room = place.id();
    if room == LOBBY {
        ctx.db.message().insert(Message {
            sender: ctx.sender,
            sent: ctx.timestamp,
            text: text.clone(),
        });
        trim_mirror(ctx);
    }
    let (id, seq) = match place {
        Place::Public(_) => {
            let text = text.clone();
            let post = write(ctx, room, ctx.sender, ctx.timestamp, client_id, text, reply_to);
            (post.id, post.seq)
        }
        Place::Private(own) => {
            let seq = private_post::write(ctx, own, client_id, &text, reply_to);
            (seq, seq)
        }
    };
    let line = Line {
        room,
        seq,
        sender: ctx.sender,
        sent: ctx.timestamp,
        text,
        reply_to,
        edited: None,
        state: PostState::Normal,
    };
    mention::write(ctx, place, &line);
    read_mark::posted(ctx, room, seq);
    typing::clear(ctx, ctx.sender, room);
    activity::touch(ctx, room);
    id
}

/// Writes a post of somebody to a public room, sent at some time, and nothing else.
pub fn write(
    ctx: &ReducerContext,
    room: u32,
    sender: Identity,
    sent: Timestamp,
    client_id: Option<String>,
    text: String,
    reply_to: Option<u64>,
) -> Post {
    let seq = take_seq(ctx, room);
    search::note(ctx, room);
    ctx.db.post().insert(Post {
        id: id_of(room, seq),
        page: page_of(room, seq),
        room,
        seq,
        sender,
        sent,
        client_id,
        text,
        reply_to,
        edited: None,
        state: PostState::Normal,
    })
}

/// A post of a public room.
pub fn find(ctx: &ReducerContext, room: u32, seq: u64) -> Option<Post> {
    // A client may ask for a number that has more bits than there are for it.
    let found = ctx.db.post().id().find(id_of(room, seq));
    found.filter(|post| post.room == room && post.seq == seq)
}

/// Gives posts their ids that were written when an id was a mere count.
pub fn renumber(ctx: &ReducerContext) {
    let posts = ctx.db.post();
    let old: Vec<Post> = posts.iter().filter(|post| post.id != id_of(post.room, post.seq)).collect();
    for post in old {
        posts.id().delete(post.id);
        let id = id_of(post.room, post.seq);
        posts.insert(Post { id, ..post });
    }
}

pub fn update(ctx: &ReducerContext, post: Post) {
    ctx.db.post().id().update(post);
}

/// Takes a post from the rows for tutorial clients, if it still is among them.
pub fn unmirror(ctx: &ReducerContext, sender: Identity, sent: Timestamp, text: String) {
    ctx.db.message().delete(Message { sender, sent, text });
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
