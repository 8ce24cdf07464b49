//! The chat: SpacetimeDB's quickstart tables, rows and reducers, so that a client built from the
//! tutorial works against it, with validation and honest presence behind them.

mod presence;
mod text;

use spacetimedb::{reducer, table, Identity, ReducerContext, Table, Timestamp};

/// As the tutorial has it: column for column, since rows are encoded without names.
#[table(name = user, public)]
pub struct User {
    #[primary_key]
    pub identity: Identity,
    pub name: Option<String>,
    pub online: bool,
}

/// As the tutorial has it.
#[table(name = message, public)]
pub struct Message {
    pub sender: Identity,
    pub sent: Timestamp,
    pub text: String,
}

#[reducer]
pub fn set_name(ctx: &ReducerContext, name: String) -> Result<(), String> {
    let name = text::clean_name(&name)?;
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

#[reducer]
pub fn send_message(ctx: &ReducerContext, text: String) -> Result<(), String> {
    let text = text::clean_message(&text)?;
    ctx.db.message().insert(Message {
        sender: ctx.sender,
        sent: ctx.timestamp,
        text,
    });
    Ok(())
}
