//! The roles of people. A module can't learn who published it, so the publisher writes the first
//! owner with SQL, which only the database's owner may run.

use spacetimedb::{table, Identity, ReducerContext, Table};

use crate::codes::{ROLE_MEMBER, ROLE_MODERATOR, ROLE_OWNER};

#[table(name = role, public)]
pub struct Role {
    #[primary_key]
    pub identity: Identity,
    /// Code: 1 moderator, 2 owner; see `codes`. A person without a row is a member.
    pub rank: u8,
}

/// Returns the stored role of a person, whatever sanctions say.
pub fn find(ctx: &ReducerContext, person: Identity) -> u8 {
    let found = ctx.db.role().identity().find(person);
    found.map_or(ROLE_MEMBER, |role| role.rank)
}

pub fn count_owners(ctx: &ReducerContext) -> usize {
    let roles = ctx.db.role().iter();
    roles.filter(|role| role.rank == ROLE_OWNER).count()
}

/// Returns everybody who may read what moderators read.
pub fn moderators(ctx: &ReducerContext) -> Vec<Identity> {
    let roles = ctx.db.role().iter();
    roles
        .filter(|role| role.rank >= ROLE_MODERATOR)
        .map(|role| role.identity)
        .collect()
}

/// Stores the role of a person, in place of an earlier one.
pub fn save(ctx: &ReducerContext, identity: Identity, role: u8) {
    let roles = ctx.db.role();
    roles.identity().delete(identity);
    if role != ROLE_MEMBER {
        roles.insert(Role {
            identity,
            rank: role,
        });
    }
}
