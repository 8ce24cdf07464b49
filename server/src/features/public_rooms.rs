//! Public rooms: their creation and names, and the people who join and leave them.

use spacetimedb::{Identity, ReducerContext};

use crate::features::{read_marks, room_activity};
use crate::ids::LOBBY;
use crate::rules::limits::{MAX_JOINED_ROOMS, MAX_ROOMS};
use crate::tables::rooms::{self, Room};
use crate::tables::{memberships, read_marks as marks};

/// Creates a public room of the caller, who joins it. Returns its id.
pub fn create(ctx: &ReducerContext, name: String, topic: String) -> Result<u32, String> {
    let room = next_id(ctx)?;
    take_name(ctx, room, &name)?;
    insert(ctx, room, name, topic, ctx.sender);
    room_activity::insert_public(ctx, room, ctx.sender);
    join(ctx, ctx.sender, room)?;
    Ok(room)
}

/// Adds a room without its activity.
pub fn insert(ctx: &ReducerContext, id: u32, name: String, topic: String, created_by: Identity) {
    let room = Room {
        id,
        name,
        topic,
        created_by,
        created_at: ctx.timestamp,
        archived: false,
    };
    rooms::insert(ctx, room);
}

/// Takes a name for a room in place of its earlier one. Each name belongs to one room.
pub fn take_name(ctx: &ReducerContext, room: u32, name: &str) -> Result<(), String> {
    let folded = name.to_lowercase();
    match rooms::with_name(ctx, &folded) {
        Some(other) if other != room => Err("name: A room with this name already exists".into()),
        Some(_) => Ok(()),
        None => {
            rooms::set_name(ctx, room, folded);
            Ok(())
        }
    }
}

/// Adds a room to a person's list. The posts so far count as read.
pub fn join(ctx: &ReducerContext, owner: Identity, room: u32) -> Result<(), String> {
    if room == LOBBY || memberships::exists(ctx, owner, room) {
        return Ok(());
    }
    if memberships::count_of(ctx, owner) >= MAX_JOINED_ROOMS {
        return Err(format!(
            "limits: You can join at most {MAX_JOINED_ROOMS} rooms"
        ));
    }
    memberships::insert(ctx, owner, room);
    read_marks::begin(ctx, owner, room);
    Ok(())
}

/// Removes a room from the caller's list.
pub fn leave(ctx: &ReducerContext, room: u32) {
    if memberships::delete(ctx, ctx.sender, room) {
        marks::delete(ctx, ctx.sender, room);
    }
}

/// Returns the id of the next room. No room is ever deleted, so their number gives the newest id.
fn next_id(ctx: &ReducerContext) -> Result<u32, String> {
    let count = rooms::count(ctx);
    if count >= MAX_ROOMS {
        return Err(format!(
            "limits: This database can't have more than {MAX_ROOMS} rooms"
        ));
    }
    Ok(count as u32 + LOBBY)
}
