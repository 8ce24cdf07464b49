//! Which public rooms somebody has in their list. Everybody may read every public room; the lobby is in
//! everybody's list without a row.

use spacetimedb::{
    client_visibility_filter, reducer, table, Filter, Identity, ReducerContext, Table, Timestamp,
};

use crate::place::Place;
use crate::room::LOBBY;
use crate::{private_room, rate, read_mark};

/// A list that a person can look through.
const MAX_JOINED: usize = 200;

#[table(name = membership, public, index(name = by_pair, btree(columns = [owner, room])))]
pub struct Membership {
    #[primary_key]
    #[auto_inc]
    pub id: u64,
    #[index(btree)]
    pub owner: Identity,
    pub room: u32,
    pub joined_at: Timestamp,
}

#[client_visibility_filter]
const MEMBERSHIP_OF_OWNER: Filter = Filter::Sql("SELECT * FROM membership WHERE owner = :sender");

/// Takes a public room into the caller's list. What was said before counts as read.
#[reducer]
pub fn join_room(ctx: &ReducerContext, room: u32) -> Result<(), String> {
    match Place::enter(ctx, room)? {
        Place::Public(_) => {
            rate::spend(ctx)?;
            join(ctx, ctx.sender, room)
        }
        // Whoever sees a private room is in it.
        Place::Private(_) => Ok(()),
    }
}

/// Takes a public room out of the caller's list, or the caller out of a private room. Open to those who
/// may do nothing else.
#[reducer]
pub fn leave_room(ctx: &ReducerContext, room: u32) -> Result<(), String> {
    if room == LOBBY {
        return Err("room: The lobby can't be left".into());
    }
    match Place::find(ctx, room)? {
        Place::Public(_) => {
            if ctx.db.membership().by_pair().delete((ctx.sender, room)) > 0 {
                read_mark::forget(ctx, ctx.sender, room);
            }
            Ok(())
        }
        place if place.is_direct() => Err("room: A direct conversation can't be left".into()),
        Place::Private(_) => {
            private_room::drop_member(ctx, room, ctx.sender);
            Ok(())
        }
    }
}

pub fn join(ctx: &ReducerContext, owner: Identity, room: u32) -> Result<(), String> {
    if room == LOBBY || is_joined(ctx, owner, room) {
        return Ok(());
    }
    if ctx.db.membership().owner().filter(owner).count() >= MAX_JOINED {
        return Err(format!("limits: A list holds {MAX_JOINED} rooms"));
    }
    ctx.db.membership().insert(Membership {
        id: 0,
        owner,
        room,
        joined_at: ctx.timestamp,
    });
    read_mark::begin(ctx, owner, room);
    Ok(())
}

fn is_joined(ctx: &ReducerContext, owner: Identity, room: u32) -> bool {
    ctx.db
        .membership()
        .by_pair()
        .filter((owner, room))
        .next()
        .is_some()
}
