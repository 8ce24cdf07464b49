//! Making rooms, naming and describing them, and closing them.

use spacetimedb::{reducer, ReducerContext};

use crate::place::Place;
use crate::private_room::PRIVATE;
use crate::room::{self, LOBBY};
use crate::{activity, membership, private_room, rate, send, text, verdict};

/// Unicode scalar values.
const MAX_NAME_LENGTH: u32 = 64;
/// Unicode scalar values.
const MAX_TOPIC_LENGTH: u32 = 200;

/// Makes a room once for each id. Names of public rooms are taken by one room each; those of private
/// rooms are compared with nothing, since an answer would tell that such a room exists.
#[reducer]
pub fn create_room(
    ctx: &ReducerContext,
    name: String,
    topic: String,
    is_private: bool,
    client_id: String,
) -> Result<(), String> {
    send::check_client_id(&client_id)?;
    if send::is_known(ctx, &client_id) {
        return Ok(());
    }
    verdict::require_free(ctx)?;
    rate::spend(ctx)?;
    let name = clean_name(&name)?;
    let topic = clean_topic(&topic)?;
    let room = if is_private {
        private_room::create(ctx, PRIVATE, name, topic, vec![ctx.sender])?
    } else {
        let room = room::next_id(ctx)?;
        room::take_name(ctx, room, &name)?;
        room::create(ctx, room, &name, &topic, ctx.sender);
        activity::begin(ctx, room, ctx.sender);
        membership::join(ctx, ctx.sender, room)?;
        room
    };
    send::remember(ctx, client_id, room.into());
    Ok(())
}

#[reducer]
pub fn rename_room(ctx: &ReducerContext, room: u32, name: String) -> Result<(), String> {
    let place = Place::enter(ctx, room)?;
    place.require_keeper(ctx)?;
    rate::spend(ctx)?;
    let name = clean_name(&name)?;
    match place {
        Place::Public(found) => {
            room::take_name(ctx, room, &name)?;
            room::update(ctx, room::Room { name, ..found });
        }
        Place::Private(_) => private_room::change(ctx, room, |row| row.name.clone_from(&name)),
    }
    Ok(())
}

#[reducer]
pub fn set_topic(ctx: &ReducerContext, room: u32, topic: String) -> Result<(), String> {
    let place = Place::enter(ctx, room)?;
    place.require_keeper(ctx)?;
    rate::spend(ctx)?;
    let topic = clean_topic(&topic)?;
    match place {
        Place::Public(found) => room::update(ctx, room::Room { topic, ..found }),
        Place::Private(_) => private_room::change(ctx, room, |row| row.topic.clone_from(&topic)),
    }
    Ok(())
}

/// Closes a room for everything new, or opens it again; what was said stays.
#[reducer]
pub fn archive_room(ctx: &ReducerContext, room: u32, is_archived: bool) -> Result<(), String> {
    let place = Place::enter(ctx, room)?;
    place.require_keeper(ctx)?;
    if room == LOBBY {
        return Err("room: The lobby can't be archived".into());
    }
    rate::spend(ctx)?;
    match place {
        Place::Public(found) => {
            let archived = is_archived;
            room::update(ctx, room::Room { archived, ..found });
        }
        Place::Private(_) => private_room::change(ctx, room, |row| row.archived = is_archived),
    }
    Ok(())
}

fn clean_name(raw: &str) -> Result<String, String> {
    text::clean_name(raw, MAX_NAME_LENGTH).map_err(|sentence| format!("name: {sentence}"))
}

fn clean_topic(raw: &str) -> Result<String, String> {
    text::clean_line("Topics", raw, MAX_TOPIC_LENGTH)
        .map_err(|sentence| format!("text: {sentence}"))
}
