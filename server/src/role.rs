//! Who may do more than talk. A module can't learn who published it, so the first owner is written by
//! whoever publishes, with SQL that only the database's owner may run.

use spacetimedb::{reducer, table, Identity, ReducerContext, Table};

use crate::moderation::{self, Action};
use crate::{profile, verdict};

/// Ranks, as a number because SQL can't write an enum.
pub const MEMBER: u8 = 0;
pub const MODERATOR: u8 = 1;
pub const OWNER: u8 = 2;

#[table(name = role, public)]
pub struct Role {
    #[primary_key]
    pub identity: Identity,
    /// 1 moderator, 2 owner; everybody without a row is a member.
    pub rank: u8,
}

/// Gives somebody a rank: 0 member, 1 moderator, 2 owner. There is always an owner.
#[reducer]
pub fn set_role(ctx: &ReducerContext, person: Identity, rank: u8) -> Result<(), String> {
    verdict::require_free(ctx)?;
    require_owner(ctx)?;
    if rank > OWNER {
        return Err("role: There is no such rank".into());
    }
    profile::require_known(ctx, person)?;
    let before = rank_of(ctx, person);
    if before == rank {
        return Ok(());
    }
    let owners = ctx
        .db
        .role()
        .iter()
        .filter(|role| role.rank == OWNER)
        .count();
    if before == OWNER && owners == 1 {
        return Err("role: There must be an owner".into());
    }
    if verdict::is_sanctioned(ctx, person) {
        return Err("role: The ban or time-out of this person must be lifted first".into());
    }
    set(ctx, person, rank);
    moderation::record(ctx, Action::SetRole { person, rank });
    Ok(())
}

/// A ban takes the rank at once; the row goes right after it.
pub fn rank_of(ctx: &ReducerContext, person: Identity) -> u8 {
    match ctx.db.role().identity().find(person) {
        Some(role) if !verdict::is_banned(ctx, person) => role.rank,
        _ => MEMBER,
    }
}

pub fn is_moderator(ctx: &ReducerContext, person: Identity) -> bool {
    rank_of(ctx, person) >= MODERATOR
}

/// Everybody who may read what moderators read.
pub fn moderators(ctx: &ReducerContext) -> Vec<Identity> {
    let roles = ctx.db.role().iter().filter(|role| role.rank >= MODERATOR);
    roles.map(|role| role.identity).collect()
}

pub fn set(ctx: &ReducerContext, identity: Identity, rank: u8) {
    let roles = ctx.db.role();
    roles.identity().delete(identity);
    if rank != MEMBER {
        roles.insert(Role { identity, rank });
    }
    moderation::follow_role(ctx, identity);
}

pub fn require_owner(ctx: &ReducerContext) -> Result<(), String> {
    if rank_of(ctx, ctx.sender) == OWNER {
        Ok(())
    } else {
        Err("rights: Only an owner may do this".into())
    }
}
