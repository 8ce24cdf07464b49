//! Rooms that only their members know of. Each member has a row of its own behind a row filter; a filter
//! that joined a list of members would break every subscription with a condition (server 1.3.0).

use spacetimedb::{
    client_visibility_filter, reducer, table, Filter, Identity, ReducerContext, Table, Timestamp,
};

use crate::place::Place;
use crate::room::{self, FIRST_PRIVATE};
use crate::{activity, mention, private_post, profile, rate, reaction, read_mark, typing, verdict};

pub const PRIVATE: u8 = 1;
/// Between two people, who stay the same.
pub const DIRECT: u8 = 2;

/// Each post becomes a row for every member.
const MAX_MEMBERS: usize = 64;
/// Private rooms and conversations that somebody may have and still begin another.
const MAX_PRIVATE_ROOMS: usize = 500;

#[table(name = private_room, public, index(name = by_pair, btree(columns = [room, recipient])))]
#[derive(Clone)]
pub struct PrivateRoom {
    #[primary_key]
    #[auto_inc]
    pub id: u64,
    /// Whose row this is.
    #[index(btree)]
    pub recipient: Identity,
    pub room: u32,
    /// 1 private room, 2 direct conversation. A number because SQL can't write an enum.
    pub kind: u8,
    /// Empty in a direct conversation.
    pub name: String,
    pub topic: String,
    /// Who has been in it longest comes first.
    pub members: Vec<Identity>,
    /// Who names it and may remove people: who made it, and when that one leaves, who has been in it
    /// longest.
    pub host: Identity,
    pub created_at: Timestamp,
    pub archived: bool,
    /// The first post that this member can see.
    pub joined_seq: u64,
}

#[client_visibility_filter]
const PRIVATE_ROOM_OF_RECIPIENT: Filter =
    Filter::Sql("SELECT * FROM private_room WHERE recipient = :sender");

/// The one conversation of two people, the lower identity first.
#[table(name = direct_pair, index(name = by_people, btree(columns = [low, high])))]
pub struct DirectPair {
    #[primary_key]
    room: u32,
    low: Identity,
    high: Identity,
}

/// Takes somebody into a private room. Any member may; the person is in it at once and sees what is said
/// from then on.
#[reducer]
pub fn invite(ctx: &ReducerContext, room: u32, person: Identity) -> Result<(), String> {
    let own = enter_private(ctx, room)?;
    Place::Private(own.clone()).require_open()?;
    if own.members.contains(&person) {
        return Ok(());
    }
    rate::spend(ctx)?;
    profile::require_known(ctx, person)?;
    if own.members.len() >= MAX_MEMBERS {
        return Err(format!(
            "limits: A private room has at most {MAX_MEMBERS} members"
        ));
    }
    change(ctx, room, |row| row.members.push(person));
    let mut members = own.members.clone();
    members.push(person);
    add_row(ctx, PrivateRoom { members, ..own }, person);
    Ok(())
}

/// Takes somebody out of a private room, who keeps nothing of it. The host may, and everybody for
/// oneself.
#[reducer]
pub fn remove_member(ctx: &ReducerContext, room: u32, person: Identity) -> Result<(), String> {
    let own = enter_private(ctx, room)?;
    if own.host != ctx.sender && person != ctx.sender {
        return Err("rights: Only the room's host may do this".into());
    }
    if own.members.contains(&person) {
        drop_member(ctx, room, person);
    }
    Ok(())
}

/// Begins the conversation with somebody, or does nothing if there is one.
#[reducer]
pub fn open_direct(ctx: &ReducerContext, person: Identity) -> Result<(), String> {
    verdict::require_free(ctx)?;
    if person == ctx.sender {
        return Err("person: A conversation is between two people".into());
    }
    let low = ctx.sender.min(person);
    let high = ctx.sender.max(person);
    let pairs = ctx.db.direct_pair();
    if pairs.by_people().filter((low, high)).next().is_some() {
        return Ok(());
    }
    rate::spend(ctx)?;
    profile::require_known(ctx, person)?;
    let members = vec![ctx.sender, person];
    let room = create(ctx, DIRECT, String::new(), String::new(), members)?;
    pairs.insert(DirectPair { room, low, high });
    Ok(())
}

/// Makes a private room of these members, the caller first. Returns its id.
pub fn create(
    ctx: &ReducerContext,
    kind: u8,
    name: String,
    topic: String,
    members: Vec<Identity>,
) -> Result<u32, String> {
    let rows = ctx.db.private_room();
    if rows.recipient().filter(ctx.sender).count() >= MAX_PRIVATE_ROOMS {
        return Err(format!(
            "limits: You have {MAX_PRIVATE_ROOMS} private rooms already"
        ));
    }
    let room = loop {
        let drawn = FIRST_PRIVATE + ctx.random::<u32>() % FIRST_PRIVATE;
        if rows.by_pair().filter(drawn).next().is_none() {
            break drawn;
        }
    };
    room::start_counting(ctx, room);
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
        add_row(ctx, row, member);
    }
    Ok(room)
}

/// The caller's row of a room it is in.
pub fn own(ctx: &ReducerContext, room: u32) -> Option<PrivateRoom> {
    ctx.db
        .private_room()
        .by_pair()
        .filter((room, ctx.sender))
        .next()
}

/// Changes a room, in the row of every member.
pub fn change(ctx: &ReducerContext, room: u32, mut edit: impl FnMut(&mut PrivateRoom)) {
    let rows = ctx.db.private_room();
    let of_room: Vec<PrivateRoom> = rows.by_pair().filter(room).collect();
    for mut row in of_room {
        edit(&mut row);
        rows.id().update(row);
    }
}

/// Takes a member out, with every row it has of the room. A room without members is gone.
pub fn drop_member(ctx: &ReducerContext, room: u32, person: Identity) {
    let rows = ctx.db.private_room();
    let Some(left) = rows.by_pair().filter((room, person)).next() else {
        return;
    };
    rows.id().delete(left.id);
    let others: Vec<Identity> = left
        .members
        .into_iter()
        .filter(|&member| member != person)
        .collect();
    if let Some(&longest) = others.first() {
        change(ctx, room, |row| {
            row.members.clone_from(&others);
            if row.host == person {
                row.host = longest;
            }
        });
    }
    activity::forget(ctx, room, person);
    read_mark::forget(ctx, person, room);
    mention::forget_room(ctx, person, room);
    typing::forget(ctx, room, person);
    private_post::forget(ctx, room, person, left.joined_seq);
    if others.is_empty() {
        reaction::forget_room(ctx, room);
        room::stop_counting(ctx, room);
    }
}

/// What a member sees of a room begins with the next post.
fn add_row(ctx: &ReducerContext, row: PrivateRoom, recipient: Identity) {
    let PrivateRoom { room, host, .. } = row;
    let joined_seq = room::next_seq(ctx, room);
    ctx.db.private_room().insert(PrivateRoom {
        id: 0,
        recipient,
        joined_seq,
        ..row
    });
    activity::begin_private(ctx, room, recipient, host);
    read_mark::begin(ctx, recipient, room);
}

fn enter_private(ctx: &ReducerContext, room: u32) -> Result<PrivateRoom, String> {
    match Place::enter(ctx, room)? {
        Place::Private(own) if own.kind == PRIVATE => Ok(own),
        Place::Private(_) => Err("room: A direct conversation has two members".into()),
        Place::Public(_) => Err("room: Everybody may join this room".into()),
    }
}
