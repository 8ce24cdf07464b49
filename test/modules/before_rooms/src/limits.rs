//! The limits: one row, which the owner of the database may change.

use spacetimedb::{reducer, table, ReducerContext, Table};

use crate::role;

const ONLY: u8 = 0;

#[table(name = limits, public)]
#[derive(Clone)]
pub struct Limits {
    /// Always 0: there is one row.
    #[primary_key]
    pub id: u8,
    /// Unicode scalar values.
    pub message_length: u32,
    /// Unicode scalar values.
    pub name_length: u32,
    /// Messages that somebody who was silent may send at once.
    pub burst: u32,
    /// Messages a second that may follow.
    pub per_second: u32,
    /// Posts of the lobby that tutorial clients see.
    pub mirrored: u32,
}

const DEFAULT: Limits = Limits {
    id: ONLY,
    message_length: 8_000,
    name_length: 64,
    burst: 20,
    per_second: 5,
    mirrored: 1_000,
};

pub fn current(ctx: &ReducerContext) -> Limits {
    ctx.db.limits().id().find(ONLY).unwrap_or(DEFAULT)
}

pub fn create(ctx: &ReducerContext) {
    if ctx.db.limits().id().find(ONLY).is_none() {
        ctx.db.limits().insert(DEFAULT);
    }
}

#[reducer]
pub fn set_limits(
    ctx: &ReducerContext,
    message_length: u32,
    name_length: u32,
    burst: u32,
    per_second: u32,
    mirrored: u32,
) -> Result<(), String> {
    role::require_owner(ctx)?;
    if [message_length, name_length, burst, per_second, mirrored].contains(&0) {
        return Err("limits: A limit must not be zero".into());
    }
    ctx.db.limits().id().update(Limits {
        id: ONLY,
        message_length,
        name_length,
        burst,
        per_second,
        mirrored,
    });
    Ok(())
}
