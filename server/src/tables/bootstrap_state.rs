//! The steps of the bootstrap that this database has had.

use spacetimedb::{table, ReducerContext, Table};

/// Number of steps done. One row, since every connect reads it.
#[table(name = bootstrap_state)]
pub struct BootstrapState {
    /// Key of the only row, always 0.
    #[primary_key]
    id: u8,
    steps: u32,
}

pub fn steps(ctx: &ReducerContext) -> u32 {
    let state = ctx.db.bootstrap_state().id().find(0);
    state.map_or(0, |state| state.steps)
}

pub fn set_steps(ctx: &ReducerContext, steps: u32) {
    let states = ctx.db.bootstrap_state();
    states.id().delete(0);
    states.insert(BootstrapState { id: 0, steps });
}
