//! Private rooms and rooms of direct messages: their creation, and the members who come and go.

use std::time::Duration;

use spacetimedb::{Identity, ReducerContext};

use crate::codes::ROOM_DIRECT;
use crate::features::{read_marks, room_activity};
use crate::ids;
use crate::rules::limits::{MAX_MEMBERS, MAX_PRIVATE_ROOMS};
use crate::tables::private_rooms::{self, PrivateRoom};
use crate::tables::{
    activity, mentions, post_versions, private_posts, reactions, read_marks as marks, rooms,
    timers, typing,
};

/// Posts deleted in one transaction. A thousand would delay everybody for 60 ms (measured).
const FORGET_BLOCK: u64 = 250;
const FORGET_EVERY: Duration = Duration::from_millis(10);

/// Creates a private room of these members, the caller first. Returns its id.
pub fn create(
    ctx: &ReducerContext,
    kind: u8,
    name: String,
    topic: String,
    members: Vec<Identity>,
) -> Result<u32, String> {
    if private_rooms::count_of(ctx, ctx.sender) >= MAX_PRIVATE_ROOMS {
        return Err(format!(
            "limits: You can't have more than {MAX_PRIVATE_ROOMS} private rooms, direct messages included"
        ));
    }
    let room = unused_id(ctx);
    rooms::start_counter(ctx, room);
    for &member in &members {
        let row = PrivateRoom {
            id: 0,
            recipient: member,
            room,
            kind,
            name: name.clone(),
            topic: topic.clone(),
            members: members.clone(),
            host: ctx.sender,
            created_at: ctx.timestamp,
            archived: false,
            joined_seq: 0,
        };
        insert_row(ctx, row, member);
    }
    Ok(room)
}

/// Creates the room of direct messages between the caller and a person.
pub fn create_direct(ctx: &ReducerContext, person: Identity) -> Result<(), String> {
    let members = vec![ctx.sender, person];
    let room = create(ctx, ROOM_DIRECT, String::new(), String::new(), members)?;
    private_rooms::insert_direct(ctx, room, ctx.sender, person);
    Ok(())
}

/// Adds a person to a private room. The new member sees the posts from now on.
pub fn add_member(ctx: &ReducerContext, own: PrivateRoom, person: Identity) -> Result<(), String> {
    if own.members.len() >= MAX_MEMBERS {
        return Err(format!(
            "limits: A private room can have at most {MAX_MEMBERS} members"
        ));
    }
    private_rooms::update_rows(ctx, own.room, |row| row.members.push(person));
    let mut members = own.members.clone();
    members.push(person);
    insert_row(ctx, PrivateRoom { members, ..own }, person);
    Ok(())
}

/// Removes a member with all its rows of the room. A room without members is deleted.
pub fn remove_member(ctx: &ReducerContext, room: u32, person: Identity) {
    let Some(left) = private_rooms::find(ctx, room, person) else {
        return;
    };
    private_rooms::delete(ctx, left.id);
    let mut others = left.members;
    others.retain(|&member| member != person);
    if let Some(&oldest) = others.first() {
        private_rooms::update_rows(ctx, room, |row| {
            row.members.clone_from(&others);
            if row.host == person {
                row.host = oldest;
            }
        });
    }
    activity::delete_private(ctx, room, person);
    marks::delete(ctx, person, room);
    mentions::delete_of_room(ctx, person, room);
    typing::delete_by(ctx, person, room);
    typing::delete_seen_by(ctx, person, room);
    delete_history(
        ctx,
        room,
        person,
        left.joined_seq,
        rooms::next_seq(ctx, room),
    );
    if others.is_empty() {
        reactions::delete_tallies_of_room(ctx, room);
        rooms::delete_counter(ctx, room);
    }
}

/// Deletes a former member's rows of the posts from `from` to before `to`: the newest at once, the
/// rest block by block. A member who comes back sees only newer posts, so the two never meet.
pub fn delete_history(ctx: &ReducerContext, room: u32, recipient: Identity, from: u64, to: u64) {
    let middle = to.saturating_sub(FORGET_BLOCK).max(from);
    for seq in middle..to {
        private_posts::delete(ctx, room, seq, recipient);
        post_versions::delete_of(ctx, room, seq, recipient);
        reactions::delete_of(ctx, room, seq, recipient);
    }
    if middle > from {
        let at = ctx.timestamp + FORGET_EVERY;
        timers::start_forget(ctx, at, room, recipient, from, middle);
    }
}

/// Adds a member's row. The history of the member begins with the next post.
fn insert_row(ctx: &ReducerContext, row: PrivateRoom, recipient: Identity) {
    let PrivateRoom { room, host, .. } = row;
    let joined_seq = rooms::next_seq(ctx, room);
    let row = PrivateRoom {
        id: 0,
        recipient,
        joined_seq,
        ..row
    };
    private_rooms::insert(ctx, row);
    room_activity::insert_private(ctx, room, recipient, host);
    read_marks::begin(ctx, recipient, room);
}

fn unused_id(ctx: &ReducerContext) -> u32 {
    loop {
        let id = ids::private_room_id(ctx.random());
        if !private_rooms::exists(ctx, id) {
            return id;
        }
    }
}
