//! Rooms, and the numbers of what is said in them.

use spacetimedb::{table, Identity, ReducerContext, Table, Timestamp};

use crate::post::page_of;

/// The room that tutorial clients are in too.
pub const LOBBY: u32 = 1;

#[table(name = room, public)]
pub struct Room {
    #[primary_key]
    pub id: u32,
    #[unique]
    pub name: String,
    pub topic: String,
    pub created_by: Identity,
    pub created_at: Timestamp,
    pub archived: bool,
}

/// The newest page of a room. Changes once in 128 posts, since everybody is told of each change.
#[table(name = room_head, public)]
pub struct RoomHead {
    #[primary_key]
    pub room: u32,
    pub page: u64,
}

/// The next number in a room. Private: a public row that each post changes would be sent to everybody.
#[table(name = room_counter)]
pub struct RoomCounter {
    #[primary_key]
    pub room: u32,
    pub next_seq: u64,
}

pub fn create(ctx: &ReducerContext, id: u32, name: &str) {
    ctx.db.room().insert(Room {
        id,
        name: name.into(),
        topic: String::new(),
        created_by: ctx.sender,
        created_at: ctx.timestamp,
        archived: false,
    });
    ctx.db.room_head().insert(RoomHead {
        room: id,
        page: page_of(id, 0),
    });
    ctx.db.room_counter().insert(RoomCounter {
        room: id,
        next_seq: 0,
    });
}

pub fn exists(ctx: &ReducerContext, id: u32) -> bool {
    ctx.db.room().id().find(id).is_some()
}

/// The number for the next post of a room; moves the head when a page is full.
pub fn take_seq(ctx: &ReducerContext, room: u32) -> u64 {
    let counters = ctx.db.room_counter();
    let seq = counters.room().find(room).map_or(0, |counter| counter.next_seq);
    counters.room().update(RoomCounter {
        room,
        next_seq: seq + 1,
    });
    let page = page_of(room, seq);
    let heads = ctx.db.room_head();
    if heads.room().find(room).is_some_and(|head| head.page != page) {
        heads.room().update(RoomHead { room, page });
    }
    seq
}
