//! Presence: a person is online with at least one connection, and for a grace period after the last
//! one closed, so that a reconnect or a second window changes nothing.

use std::time::Duration;

use spacetimedb::{Identity, ReducerContext, Timestamp};

use crate::features::profiles;
use crate::rules::limits::GRACE_SECONDS;
use crate::tables::presence::{self, Departure};
use crate::tables::timers;
use crate::tables::users::{self, User};

const GRACE: Duration = Duration::from_secs(GRACE_SECONDS);

/// Longest connection that counts as a mere HTTP call: the server opens and closes a connection
/// around each call (server 1.3.0).
const CALL: Duration = Duration::from_secs(1);

/// Adds the caller's connection and shows the caller as online.
pub fn connected(ctx: &ReducerContext) {
    let Some(connection_id) = ctx.connection_id else {
        return;
    };
    presence::insert_connection(ctx, connection_id);
    match users::find(ctx, ctx.sender) {
        Some(user) if user.online => {}
        Some(user) => users::update(
            ctx,
            User {
                online: true,
                ..user
            },
        ),
        None => users::insert(
            ctx,
            User {
                identity: ctx.sender,
                name: None,
                online: true,
            },
        ),
    }
}

/// Deletes the caller's connection. After the last one, the caller goes offline when the grace
/// period ends.
pub fn disconnected(ctx: &ReducerContext) {
    let Some(connection_id) = ctx.connection_id else {
        return;
    };
    let since = presence::delete_connection(ctx, connection_id);
    if presence::is_connected(ctx, ctx.sender) {
        return;
    }
    let was_call = since.is_some_and(|since| ctx.timestamp < since + CALL);
    if presence::has_departure(ctx, ctx.sender) {
        // The grace period runs. A visit extends it, but a call must not.
        if was_call {
            return;
        }
        presence::delete_departure(ctx, ctx.sender);
    } else if was_call {
        set_offline(ctx, ctx.sender, ctx.timestamp);
        return;
    }
    let offline_at = ctx.timestamp + GRACE;
    let departure = Departure {
        identity: ctx.sender,
        offline_at,
    };
    presence::insert_departure(ctx, departure);
    timers::start_departure(ctx, offline_at);
}

/// Shows people as offline whose grace period is over.
pub fn end_grace(ctx: &ReducerContext) {
    for Departure {
        identity,
        offline_at,
    } in presence::ended_departures(ctx)
    {
        presence::delete_departure(ctx, identity);
        if !presence::is_connected(ctx, identity) {
            set_offline(ctx, identity, offline_at - GRACE);
        }
    }
}

fn set_offline(ctx: &ReducerContext, identity: Identity, last_seen: Timestamp) {
    profiles::set_last_seen(ctx, identity, last_seen);
    if let Some(user) = users::find(ctx, identity) {
        users::update(
            ctx,
            User {
                online: false,
                ..user
            },
        );
    }
}
