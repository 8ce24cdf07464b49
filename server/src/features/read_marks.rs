//! The read mark of a person in a room. It never moves back.

use spacetimedb::{Identity, ReducerContext};

use crate::tables::read_marks::{self, ReadMark};
use crate::tables::rooms;

/// Adds the mark of a person who joins a room: the posts so far count as read. Keeps an existing
/// mark.
pub fn begin(ctx: &ReducerContext, owner: Identity, room: u32) {
    if read_marks::find(ctx, owner, room).is_none() {
        advance(ctx, owner, room, rooms::next_seq(ctx, room));
    }
}

/// Moves a mark forward to the first post that is not read.
pub fn advance(ctx: &ReducerContext, owner: Identity, room: u32, unread_from: u64) {
    match read_marks::find(ctx, owner, room) {
        Some(mark) if mark.unread_from >= unread_from => {}
        Some(mark) => read_marks::update(
            ctx,
            ReadMark {
                unread_from,
                ..mark
            },
        ),
        None => read_marks::insert(
            ctx,
            ReadMark {
                id: 0,
                owner,
                room,
                unread_from,
            },
        ),
    }
}
