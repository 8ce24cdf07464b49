//! The reducers that create and change rooms, and move people in and out.

use spacetimedb::{reducer, Identity, ReducerContext};

use crate::codes::ROOM_PRIVATE;
use crate::features::{private_rooms, public_rooms, send_keys};
use crate::ids::LOBBY;
use crate::rules::room_access::RoomAccess;
use crate::rules::{guard, rate, texts};
use crate::tables::private_rooms::{has_direct, update_rows};
use crate::tables::rooms::{self, Room};

/// Creates a room, once for each client id. A name belongs to one public room. Names of private
/// rooms are compared with nothing, since a refusal would reveal that such a room exists.
#[reducer]
pub fn create_room(
    ctx: &ReducerContext,
    name: String,
    topic: String,
    is_private: bool,
    client_id: String,
) -> Result<(), String> {
    texts::require_client_id(&client_id)?;
    if send_keys::is_used(ctx, &client_id) {
        return Ok(());
    }
    guard::require_free(ctx)?;
    rate::spend(ctx)?;
    let name = texts::room_name(&name)?;
    let topic = texts::topic(&topic)?;
    let room = if is_private {
        private_rooms::create(ctx, ROOM_PRIVATE, name, topic, vec![ctx.sender])?
    } else {
        public_rooms::create(ctx, name, topic)?
    };
    send_keys::remember(ctx, client_id, room.into());
    Ok(())
}

#[reducer]
pub fn rename_room(ctx: &ReducerContext, room: u32, name: String) -> Result<(), String> {
    let access = RoomAccess::enter(ctx, room)?;
    access.require_keeper(ctx)?;
    rate::spend(ctx)?;
    let name = texts::room_name(&name)?;
    match access {
        RoomAccess::Public(row) => {
            public_rooms::take_name(ctx, room, &name)?;
            rooms::update(ctx, Room { name, ..row });
        }
        RoomAccess::Private(_) => update_rows(ctx, room, |row| row.name.clone_from(&name)),
    }
    Ok(())
}

#[reducer]
pub fn set_topic(ctx: &ReducerContext, room: u32, topic: String) -> Result<(), String> {
    let access = RoomAccess::enter(ctx, room)?;
    access.require_keeper(ctx)?;
    rate::spend(ctx)?;
    let topic = texts::topic(&topic)?;
    match access {
        RoomAccess::Public(row) => rooms::update(ctx, Room { topic, ..row }),
        RoomAccess::Private(_) => update_rows(ctx, room, |row| row.topic.clone_from(&topic)),
    }
    Ok(())
}

/// Archives a room, or opens it again. An archived room can be read, but takes nothing new.
#[reducer]
pub fn archive_room(ctx: &ReducerContext, room: u32, is_archived: bool) -> Result<(), String> {
    let access = RoomAccess::enter(ctx, room)?;
    access.require_keeper(ctx)?;
    if room == LOBBY {
        return Err("room: The lobby can't be archived".into());
    }
    rate::spend(ctx)?;
    match access {
        RoomAccess::Public(row) => {
            let archived = is_archived;
            rooms::update(ctx, Room { archived, ..row });
        }
        RoomAccess::Private(_) => update_rows(ctx, room, |row| row.archived = is_archived),
    }
    Ok(())
}

/// Adds a public room to the caller's list. The posts so far count as read.
#[reducer]
pub fn join_room(ctx: &ReducerContext, room: u32) -> Result<(), String> {
    match RoomAccess::enter(ctx, room)? {
        RoomAccess::Public(_) => {
            rate::spend(ctx)?;
            public_rooms::join(ctx, ctx.sender, room)
        }
        // Only members see a private room.
        RoomAccess::Private(_) => Ok(()),
    }
}

/// Removes a public room from the caller's list, or the caller from a private room. A person under
/// a sanction may call this.
#[reducer]
pub fn leave_room(ctx: &ReducerContext, room: u32) -> Result<(), String> {
    if room == LOBBY {
        return Err("room: The lobby can't be left".into());
    }
    match RoomAccess::find(ctx, room)? {
        RoomAccess::Public(_) => public_rooms::leave(ctx, room),
        access if access.is_direct() => {
            return Err("room: Direct messages can't be left".into());
        }
        RoomAccess::Private(_) => private_rooms::remove_member(ctx, room, ctx.sender),
    }
    Ok(())
}

/// Adds a person to a private room. Any member may; the person sees the posts from now on.
#[reducer]
pub fn invite(ctx: &ReducerContext, room: u32, person: Identity) -> Result<(), String> {
    let own = RoomAccess::enter_private(ctx, room)?;
    RoomAccess::Private(own.clone()).require_open()?;
    if own.members.contains(&person) {
        return Ok(());
    }
    rate::spend(ctx)?;
    guard::require_known(ctx, person)?;
    private_rooms::add_member(ctx, own, person)
}

/// Removes a person from a private room, with all its rows of the room. The host may remove
/// everybody; others may remove themselves.
#[reducer]
pub fn remove_member(ctx: &ReducerContext, room: u32, person: Identity) -> Result<(), String> {
    let own = RoomAccess::enter_private(ctx, room)?;
    if own.host != ctx.sender && person != ctx.sender {
        return Err("rights: Only the room's host may do this".into());
    }
    if own.members.contains(&person) {
        private_rooms::remove_member(ctx, room, person);
    }
    Ok(())
}

/// Creates the room of direct messages between the caller and a person, unless it exists.
#[reducer]
pub fn open_direct(ctx: &ReducerContext, person: Identity) -> Result<(), String> {
    guard::require_free(ctx)?;
    if person == ctx.sender {
        return Err("person: You can't send a direct message to yourself".into());
    }
    if has_direct(ctx, ctx.sender, person) {
        return Ok(());
    }
    rate::spend(ctx)?;
    guard::require_known(ctx, person)?;
    private_rooms::create_direct(ctx, person)
}
