//! Rooms that everybody sees, and the numbers of what is said in any room.

use spacetimedb::{table, Identity, ReducerContext, Table, Timestamp};

use crate::post::page_of;

/// The room that tutorial clients are in too.
pub const LOBBY: u32 = 1;
/// Ids of private rooms are from here to twice this, and drawn by lot: nobody can count private rooms by
/// the gaps between the others.
pub const FIRST_PRIVATE: u32 = 1 << 30;
/// Everybody is told of every room.
const MAX_ROOMS: u64 = 1_000;

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

/// Names in lower case: two rooms must not differ in capitals alone.
#[table(name = room_name)]
pub struct RoomName {
    #[primary_key]
    room: u32,
    #[unique]
    folded: String,
}

pub fn is_private(room: u32) -> bool {
    room >= FIRST_PRIVATE
}

pub fn create(ctx: &ReducerContext, id: u32, name: &str, topic: &str, created_by: Identity) {
    ctx.db.room().insert(Room {
        id,
        name: name.into(),
        topic: topic.into(),
        created_by,
        created_at: ctx.timestamp,
        archived: false,
    });
    ctx.db.room_head().insert(RoomHead {
        room: id,
        page: page_of(id, 0),
    });
    start_counting(ctx, id);
}

pub fn start_counting(ctx: &ReducerContext, room: u32) {
    ctx.db.room_counter().insert(RoomCounter { room, next_seq: 0 });
}

pub fn stop_counting(ctx: &ReducerContext, room: u32) {
    ctx.db.room_counter().room().delete(room);
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

pub fn update(ctx: &ReducerContext, room: Room) {
    ctx.db.room().id().update(room);
}

/// The id of the next public room. None ever goes, so their number is the newest id.
pub fn next_id(ctx: &ReducerContext) -> Result<u32, String> {
    let count = ctx.db.room().count();
    if count >= MAX_ROOMS {
        return Err(format!("limits: There are {MAX_ROOMS} rooms already"));
    }
    Ok(count as u32 + LOBBY)
}

/// Keeps a name for a room, which gives up its earlier one.
pub fn take_name(ctx: &ReducerContext, room: u32, name: &str) -> Result<(), String> {
    let names = ctx.db.room_name();
    let folded = name.to_lowercase();
    match names.folded().find(&folded) {
        Some(taken) if taken.room != room => {
            return Err("name: There is a room with this name already".into());
        }
        Some(_) => return Ok(()),
        None => {}
    }
    names.room().delete(room);
    names.insert(RoomName { room, folded });
    Ok(())
}

/// Keeps the names of rooms that were made before names were kept.
pub fn index_names(ctx: &ReducerContext) {
    for room in all(ctx) {
        // The lobby is the only one.
        let _ = take_name(ctx, room.id, &room.name);
    }
}

/// The number that the next post of a room will have: also how many it has had.
pub fn next_seq(ctx: &ReducerContext, room: u32) -> u64 {
    ctx.db.room_counter().room().find(room).map_or(0, |counter| counter.next_seq)
}

/// The number for the next post of a room; moves the head when a page is full.
pub fn take_seq(ctx: &ReducerContext, room: u32) -> u64 {
    let seq = next_seq(ctx, room);
    ctx.db.room_counter().room().update(RoomCounter {
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
