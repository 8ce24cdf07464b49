//! The reducers of the quickstart tutorial, under the same names: a terminal client shows only
//! rows of reducers that it knows.

use spacetimedb::{reducer, ReducerContext};

use crate::features::moderation::viewers;
use crate::features::{bootstrap, names, presence, read_marks, send, send_keys};
use crate::ids::LOBBY;
use crate::rules::{guard, texts};
use crate::search::index;
use crate::tables::presence::is_connected;
use crate::tables::search_results;
use crate::tables::send_keys::Announcement;
use crate::tables::users::{self, User};

/// Runs once when the module is published as a new database.
#[reducer(init)]
pub fn init(ctx: &ReducerContext) {
    bootstrap::ensure(ctx);
}

#[reducer(client_connected)]
pub fn client_connected(ctx: &ReducerContext) {
    // `init` does not run when a module is published over a database (server 1.3.0).
    bootstrap::ensure(ctx);
    index::resume(ctx);
    presence::connected(ctx);
    read_marks::begin(ctx, ctx.sender, LOBBY);
    viewers::update(ctx, ctx.sender);
}

#[reducer(client_disconnected)]
pub fn identity_disconnected(ctx: &ReducerContext) {
    presence::disconnected(ctx);
    send_keys::forget_announcement(ctx);
    if !is_connected(ctx, ctx.sender) {
        search_results::delete(ctx, ctx.sender);
    }
}

#[reducer]
pub fn set_name(ctx: &ReducerContext, name: String) -> Result<(), String> {
    guard::require_free(ctx).map_err(without_code)?;
    let name = texts::person_name(ctx, &name)?;
    let user = users::find(ctx, ctx.sender).ok_or("Cannot set name for unknown user")?;
    names::set_name(ctx, ctx.sender, &name);
    users::update(
        ctx,
        User {
            name: Some(name),
            ..user
        },
    );
    Ok(())
}

/// Sends a message to the lobby. After `announce` it sends once for each client id.
#[reducer]
pub fn send_message(ctx: &ReducerContext, text: String) -> Result<(), String> {
    match send_keys::take_announcement(ctx) {
        Some(Announcement {
            refusal: Some(refusal),
            ..
        }) => Err(refusal),
        Some(Announcement { client_id, .. }) => send::send_once(ctx, LOBBY, client_id, &text, None),
        None => send::send(ctx, LOBBY, None, &text, None)
            .map(drop)
            .map_err(without_code),
    }
}

/// Returns a refusal as terminal clients show it.
fn without_code(error: String) -> String {
    error
        .split_once(": ")
        .map_or(error.clone(), |(_code, sentence)| sentence.into())
}
