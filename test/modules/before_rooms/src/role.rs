//! The roles of people. A module can't learn who published it, so the publisher writes the first owner
//! with SQL, which only the database's owner may run.

use spacetimedb::{table, Identity, ReducerContext};

/// Ranks, as a number because SQL can't write an enum.
pub const OWNER: u8 = 2;

#[table(name = role, public)]
pub struct Role {
    #[primary_key]
    pub identity: Identity,
    /// 1 moderator, 2 owner; everybody without a row is a member.
    pub rank: u8,
}

pub fn require_owner(ctx: &ReducerContext) -> Result<(), String> {
    let rank = ctx.db.role().identity().find(ctx.sender).map(|role| role.rank);
    if rank == Some(OWNER) {
        Ok(())
    } else {
        Err("rights: Only an owner may do this".into())
    }
}
