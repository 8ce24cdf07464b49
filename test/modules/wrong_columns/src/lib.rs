//! A chat whose `message` has one column more than the quickstart's.

use spacetimedb::{reducer, table, Identity, ReducerContext, Table, Timestamp};

#[table(name = user, public)]
pub struct User {
    #[primary_key]
    identity: Identity,
    name: Option<String>,
    online: bool,
}

#[table(name = message, public)]
pub struct Message {
    sender: Identity,
    sent: Timestamp,
    text: String,
    likes: u32,
}

#[reducer]
pub fn set_name(ctx: &ReducerContext, name: String) {
    if let Some(user) = ctx.db.user().identity().find(ctx.sender) {
        ctx.db.user().identity().update(User { name: Some(name), ..user });
    }
}

#[reducer]
pub fn send_message(ctx: &ReducerContext, text: String) {
    ctx.db.message().insert(Message { sender: ctx.sender, text, sent: ctx.timestamp, likes: 0 });
}
