//! The quickstart chat under the names that SpacetimeDB's C# tutorial gives its columns and reducers.
#![allow(non_snake_case)]

use spacetimedb::{reducer, table, Identity as Id, ReducerContext, Table, Timestamp};

#[table(name = user, public)]
pub struct User {
    #[primary_key]
    Identity: Id,
    Name: Option<String>,
    Online: bool,
}

#[table(name = message, public)]
pub struct Message {
    Sender: Id,
    Sent: Timestamp,
    Text: String,
}

#[reducer]
pub fn SetName(ctx: &ReducerContext, name: String) -> Result<(), String> {
    if name.is_empty() {
        return Err("Names must not be empty".into());
    }
    if let Some(user) = ctx.db.user().Identity().find(ctx.sender) {
        ctx.db.user().Identity().update(User { Name: Some(name), ..user });
    }
    Ok(())
}

#[reducer]
pub fn SendMessage(ctx: &ReducerContext, text: String) -> Result<(), String> {
    if text.is_empty() {
        return Err("Messages must not be empty".into());
    }
    ctx.db.message().insert(Message { Sender: ctx.sender, Text: text, Sent: ctx.timestamp });
    Ok(())
}

#[reducer(client_connected)]
pub fn ClientConnected(ctx: &ReducerContext) {
    if let Some(user) = ctx.db.user().Identity().find(ctx.sender) {
        ctx.db.user().Identity().update(User { Online: true, ..user });
    } else {
        ctx.db.user().insert(User { Name: None, Identity: ctx.sender, Online: true });
    }
}

#[reducer(client_disconnected)]
pub fn ClientDisconnected(ctx: &ReducerContext) {
    if let Some(user) = ctx.db.user().Identity().find(ctx.sender) {
        ctx.db.user().Identity().update(User { Online: false, ..user });
    }
}
