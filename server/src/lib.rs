//! The chat: SpacetimeDB's quickstart tables, rows and reducers, so that a client built from the
//! tutorial works against it; behind them posts with ids, so that a sender can repeat itself and be
//! heard once; rooms, public and private; who may do what in them; and what each has read.

mod activity;
mod bootstrap;
mod edit;
mod limits;
mod line;
mod membership;
mod mention;
mod moderation;
mod place;
mod post;
mod presence;
mod private_post;
mod private_room;
mod profile;
mod rate;
mod reaction;
mod read_mark;
mod removal;
mod role;
mod room;
mod rooms;
mod sanction;
mod search;
mod send;
mod text;
mod typing;
mod verdict;
mod version;

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
    search::wake(ctx);
    presence::connected(ctx);
    read_mark::begin(ctx, ctx.sender, room::LOBBY);
    moderation::follow_role(ctx, ctx.sender);
}

#[reducer(client_disconnected)]
pub fn identity_disconnected(ctx: &ReducerContext) {
    presence::disconnected(ctx);
    send::forget_announcement(ctx);
    if !presence::is_connected(ctx, ctx.sender) {
        search::forget_result(ctx);
    }
}

#[reducer]
pub fn set_name(ctx: &ReducerContext, name: String) -> Result<(), String> {
    verdict::require_free(ctx).map_err(send::without_code)?;
    let limits = limits::current(ctx);
    let name = text::clean_name(&name, limits.name_length)?;
    let user = ctx
        .db
        .user()
        .identity()
        .find(ctx.sender)
        .ok_or("Cannot set name for unknown user")?;
    mention::know_name(ctx, ctx.sender, &name);
    ctx.db.user().identity().update(User {
        name: Some(name),
        ..user
    });
    Ok(())
}
