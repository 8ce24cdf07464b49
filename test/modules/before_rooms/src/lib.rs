//! `server/` as it was before it had rooms: a database that it made must keep everything when today's
//! module is published over it. Its code stays as it is.
//!
//! The chat: SpacetimeDB's quickstart tables, rows and reducers, so that a client built from the
//! tutorial works against it; behind them posts with ids, so that a sender can repeat itself and be
//! heard once.

mod bootstrap;
mod limits;
mod post;
mod presence;
mod rate;
mod role;
mod room;
mod send;
mod text;

use spacetimedb::{reducer, table, Identity, ReducerContext, Timestamp};

/// As the tutorial has it: column for column, since rows are encoded without names.
#[table(name = user, public)]
pub struct User {
    #[primary_key]
    pub identity: Identity,
    pub name: Option<String>,
    pub online: bool,
}

/// As the tutorial has it. Holds the newest posts of the lobby, for tutorial clients.
#[table(name = message, public)]
pub struct Message {
    pub sender: Identity,
    pub sent: Timestamp,
    pub text: String,
}

/// Runs once when the module is published as a new database.
#[reducer(init)]
pub fn init(ctx: &ReducerContext) {
    bootstrap::ensure(ctx);
}

/// Named as in the tutorial: a tutorial client shows rows of reducers it knows only.
#[reducer(client_connected)]
pub fn client_connected(ctx: &ReducerContext) {
    // `init` does not run when a module is published over a database (server 1.3.0).
    bootstrap::ensure(ctx);
    presence::connected(ctx);
}

#[reducer(client_disconnected)]
pub fn identity_disconnected(ctx: &ReducerContext) {
    presence::disconnected(ctx);
    send::forget_announcement(ctx);
}

#[reducer]
pub fn set_name(ctx: &ReducerContext, name: String) -> Result<(), String> {
    let limits = limits::current(ctx);
    let name = text::clean_name(&name, limits.name_length)?;
    let user = ctx
        .db
        .user()
        .identity()
        .find(ctx.sender)
        .ok_or("Cannot set name for unknown user")?;
    ctx.db.user().identity().update(User {
        name: Some(name),
        ..user
    });
    Ok(())
}
