//! How far each person has read each room. Nobody else sees it.

use spacetimedb::{
    client_visibility_filter, reducer, table, Filter, Identity, ReducerContext, Table,
};

use crate::mention;
use crate::place::Place;
use crate::room::next_seq;

#[table(name = read_mark, public, index(name = by_pair, btree(columns = [owner, room])))]
pub struct ReadMark {
    #[primary_key]
    #[auto_inc]
    pub id: u64,
    #[index(btree)]
    pub owner: Identity,
    pub room: u32,
    /// The first post that is not read.
    pub unread_from: u64,
}

#[client_visibility_filter]
const READ_MARK_OF_OWNER: Filter = Filter::Sql("SELECT * FROM read_mark WHERE owner = :sender");

/// Everything up to this post is read. A mark never goes back, nor past the newest post. Open to those
/// who may do nothing else.
#[reducer]
pub fn mark_read(ctx: &ReducerContext, room: u32, seq: u64) -> Result<(), String> {
    Place::find(ctx, room)?;
    let unread_from = seq.saturating_add(1).min(next_seq(ctx, room));
    advance(ctx, ctx.sender, room, unread_from);
    mention::forget_until(ctx, ctx.sender, room, unread_from);
    Ok(())
}

/// Whoever posts has read what stands before.
pub fn posted(ctx: &ReducerContext, room: u32, seq: u64) {
    advance(ctx, ctx.sender, room, seq + 1);
}

/// Somebody comes: what was said before counts as read. Nothing if there is a mark.
pub fn begin(ctx: &ReducerContext, owner: Identity, room: u32) {
    if find(ctx, owner, room).is_none() {
        advance(ctx, owner, room, next_seq(ctx, room));
    }
}

/// Somebody has left.
pub fn forget(ctx: &ReducerContext, owner: Identity, room: u32) {
    ctx.db.read_mark().by_pair().delete((owner, room));
}

fn find(ctx: &ReducerContext, owner: Identity, room: u32) -> Option<ReadMark> {
    ctx.db.read_mark().by_pair().filter((owner, room)).next()
}

fn advance(ctx: &ReducerContext, owner: Identity, room: u32, unread_from: u64) {
    let marks = ctx.db.read_mark();
    match find(ctx, owner, room) {
        Some(mark) if mark.unread_from >= unread_from => {}
        Some(mark) => {
            marks.id().update(ReadMark {
                unread_from,
                ..mark
            });
        }
        None => {
            marks.insert(ReadMark {
                id: 0,
                owner,
                room,
                unread_from,
            });
        }
    }
}
