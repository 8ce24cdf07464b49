//! Sending a message, so that a repeated call has no effect.

use spacetimedb::{Identity, ReducerContext, Timestamp};

use crate::features::post_view::PostView;
use crate::features::{lobby_mirror, mentions, public_rooms, read_marks, room_activity, send_keys};
use crate::ids::{page_of, post_id, LOBBY};
use crate::rules::room_access::RoomAccess;
use crate::rules::{rate, texts};
use crate::search::index;
use crate::tables::posts::{self, Post, PostState};
use crate::tables::private_posts::{self, PrivatePost};
use crate::tables::private_rooms::PrivateRoom;
use crate::tables::{rooms, typing};

/// A message without its number.
pub struct NewPost {
    pub sender: Identity,
    pub sent: Timestamp,
    pub client_id: Option<String>,
    pub text: String,
    pub reply_to: Option<u64>,
}

/// Sends a message of the caller, unless one was sent under this client id.
pub fn send_once(
    ctx: &ReducerContext,
    room: u32,
    client_id: String,
    raw: &str,
    reply_to: Option<u64>,
) -> Result<(), String> {
    if send_keys::is_used(ctx, &client_id) {
        return Ok(());
    }
    let post_id = send(ctx, room, Some(client_id.clone()), raw, reply_to)?;
    send_keys::remember(ctx, client_id, post_id);
    Ok(())
}

/// Sends a message of the caller. Checks rights, then the rate, then the text. Returns the id for
/// the send key.
pub fn send(
    ctx: &ReducerContext,
    room: u32,
    client_id: Option<String>,
    raw: &str,
    reply_to: Option<u64>,
) -> Result<u64, String> {
    let access = RoomAccess::enter(ctx, room)?;
    access.require_open()?;
    rate::spend(ctx)?;
    let text = texts::message(ctx, raw)?;
    if let Some(seq) = reply_to {
        PostView::find(ctx, &access, seq)?;
    }
    if let RoomAccess::Public(_) = access {
        // A person whose list of rooms is full can still send.
        let _ = public_rooms::join(ctx, ctx.sender, room);
    }
    let post = NewPost {
        sender: ctx.sender,
        sent: ctx.timestamp,
        client_id,
        text,
        reply_to,
    };
    Ok(insert(ctx, &access, post))
}

/// Writes a post of the caller, and everything that follows from it. Returns its id; in a private
/// room its `seq`, since it has one row for each member there.
fn insert(ctx: &ReducerContext, access: &RoomAccess, post: NewPost) -> u64 {
    let room = access.id();
    let NewPost { text, reply_to, .. } = &post;
    let (text, reply_to) = (text.clone(), *reply_to);
    if room == LOBBY {
        lobby_mirror::add(ctx, text.clone());
    }
    let (id, seq) = match access {
        RoomAccess::Public(_) => {
            let seq = write_public(ctx, room, post);
            (post_id(room, seq), seq)
        }
        RoomAccess::Private(own) => {
            let seq = write_private(ctx, own, post);
            (seq, seq)
        }
    };
    let view = PostView {
        room,
        seq,
        sender: ctx.sender,
        sent: ctx.timestamp,
        text,
        reply_to,
        edited: None,
        state: PostState::Normal,
    };
    mentions::create(ctx, access, &view);
    read_marks::advance(ctx, ctx.sender, room, seq + 1);
    typing::delete_by(ctx, ctx.sender, room);
    room_activity::mark_stale(ctx, room);
    id
}

/// Writes a post to a public room and tells the index. Returns its `seq`.
pub fn write_public(ctx: &ReducerContext, room: u32, post: NewPost) -> u64 {
    let seq = rooms::take_seq(ctx, room);
    index::add_to_backlog(ctx, room);
    posts::insert(
        ctx,
        Post {
            id: post_id(room, seq),
            page: page_of(room, seq),
            room,
            seq,
            sender: post.sender,
            sent: post.sent,
            client_id: post.client_id,
            text: post.text,
            reply_to: post.reply_to,
            edited: None,
            state: PostState::Normal,
        },
    );
    seq
}

/// Writes a post for every member of a private room. Returns its `seq`.
fn write_private(ctx: &ReducerContext, own: &PrivateRoom, post: NewPost) -> u64 {
    let room = own.room;
    let seq = rooms::take_seq(ctx, room);
    for &recipient in &own.members {
        private_posts::insert(
            ctx,
            PrivatePost {
                id: 0,
                recipient,
                page: page_of(room, seq),
                room,
                seq,
                sender: post.sender,
                sent: post.sent,
                client_id: post.client_id.clone(),
                text: post.text.clone(),
                reply_to: post.reply_to,
                edited: None,
                state: PostState::Normal,
            },
        );
    }
    seq
}
