//! Changes of roles.

use spacetimedb::{Identity, ReducerContext};

use crate::codes::ROLE_OWNER;
use crate::features::moderation::log::{self, Action};
use crate::features::moderation::viewers;
use crate::rules::guard;
use crate::tables::roles;

/// Gives a person a role and logs it. The last owner stays an owner.
pub fn change(ctx: &ReducerContext, person: Identity, role: u8) -> Result<(), String> {
    let before = guard::role_of(ctx, person);
    if before == role {
        return Ok(());
    }
    if before == ROLE_OWNER && roles::count_owners(ctx) == 1 {
        return Err("role: This is the only owner; make another person an owner first".into());
    }
    if guard::is_sanctioned(ctx, person) {
        return Err("role: This person is banned or timed out; lift that first".into());
    }
    set(ctx, person, role);
    log::record(ctx, Action::SetRole { person, role });
    Ok(())
}

/// Stores a role, and updates what the person sees of moderation.
pub fn set(ctx: &ReducerContext, identity: Identity, role: u8) {
    roles::save(ctx, identity, role);
    viewers::update(ctx, identity);
}
