//! Public rooms, their names, and the counter that numbers the messages of every room.

use spacetimedb::{table, Identity, ReducerContext, Table, Timestamp};

use crate::ids::page_of;

#[table(name = room, public)]
#[derive(Clone)]
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

/// The newest page of a public room. Changes once in 128 posts, since every client gets each
/// change.
#[table(name = room_head, public)]
pub struct RoomHead {
    #[primary_key]
    pub room: u32,
    pub page: u64,
}

/// The next `seq` of a room. Private: every client would get a public row that each post changes.
#[table(name = room_counter)]
pub struct RoomCounter {
    #[primary_key]
    pub room: u32,
    pub next_seq: u64,
}

/// A room's name in lower case: the names of two rooms must differ in more than capitals.
#[table(name = room_name)]
pub struct RoomName {
    #[primary_key]
    room: u32,
    #[unique]
    folded: String,
}

pub fn find(ctx: &ReducerContext, id: u32) -> Option<Room> {
    ctx.db.room().id().find(id)
}

pub fn exists(ctx: &ReducerContext, id: u32) -> bool {
    find(ctx, id).is_some()
}

pub fn all(ctx: &ReducerContext) -> Vec<Room> {
    ctx.db.room().iter().collect()
}

pub fn count(ctx: &ReducerContext) -> u64 {
    ctx.db.room().count()
}

/// Adds a public room whose first page is empty.
pub fn insert(ctx: &ReducerContext, room: Room) {
    ctx.db.room_head().insert(RoomHead {
        room: room.id,
        page: page_of(room.id, 0),
    });
    start_counter(ctx, room.id);
    ctx.db.room().insert(room);
}

pub fn update(ctx: &ReducerContext, room: Room) {
    ctx.db.room().id().update(room);
}

/// Returns the id of the room that has a name, given in lower case.
pub fn with_name(ctx: &ReducerContext, folded: &str) -> Option<u32> {
    let found = ctx.db.room_name().folded().find(folded.to_string());
    found.map(|name| name.room)
}

/// Stores the name of a room in lower case, in place of its earlier one.
pub fn set_name(ctx: &ReducerContext, room: u32, folded: String) {
    let names = ctx.db.room_name();
    names.room().delete(room);
    names.insert(RoomName { room, folded });
}

/// Starts to number the posts of a room, public or private.
pub fn start_counter(ctx: &ReducerContext, room: u32) {
    ctx.db
        .room_counter()
        .insert(RoomCounter { room, next_seq: 0 });
}

pub fn delete_counter(ctx: &ReducerContext, room: u32) {
    ctx.db.room_counter().room().delete(room);
}

/// Returns the `seq` that the next post of a room will have, which is also the number of posts so
/// far.
pub fn next_seq(ctx: &ReducerContext, room: u32) -> u64 {
    let counter = ctx.db.room_counter().room().find(room);
    counter.map_or(0, |counter| counter.next_seq)
}

/// Takes the `seq` for the next post of a room. Moves the room's head when the post begins a page.
pub fn take_seq(ctx: &ReducerContext, room: u32) -> u64 {
    let seq = next_seq(ctx, room);
    ctx.db.room_counter().room().update(RoomCounter {
        room,
        next_seq: seq + 1,
    });
    let page = page_of(room, seq);
    let heads = ctx.db.room_head();
    if heads
        .room()
        .find(room)
        .is_some_and(|head| head.page != page)
    {
        heads.room().update(RoomHead { room, page });
    }
    seq
}
