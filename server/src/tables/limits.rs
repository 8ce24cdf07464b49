//! The limits that an owner may change: one row.

use spacetimedb::{table, ReducerContext, Table};

/// Id of the only row.
pub const ONLY: u8 = 0;

#[table(name = limits, public)]
#[derive(Clone)]
pub struct Limits {
    /// Key of the only row, always 0.
    #[primary_key]
    pub id: u8,
    /// Length in Unicode scalar values.
    pub message_length: u32,
    /// Length in Unicode scalar values.
    pub name_length: u32,
    /// Messages that a person may send at once after a pause.
    pub burst: u32,
    /// Messages per second that may follow.
    pub per_second: u32,
    /// Posts of the lobby that terminal clients see.
    pub mirrored: u32,
}

pub fn find(ctx: &ReducerContext) -> Option<Limits> {
    ctx.db.limits().id().find(ONLY)
}

pub fn insert(ctx: &ReducerContext, limits: Limits) {
    ctx.db.limits().insert(limits);
}

pub fn update(ctx: &ReducerContext, limits: Limits) {
    ctx.db.limits().id().update(limits);
}
