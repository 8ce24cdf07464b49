//! Presence: a person is online with at least one connection, and for a grace period after the last
//! one closed, so that a reconnect or a second window changes nothing.

use std::time::Duration;

use spacetimedb::{
    reducer, table, ConnectionId, Identity, ReducerContext, ScheduleAt, Table, Timestamp,
};

use crate::{user, User};

/// Time for which a person without a connection stays online.
const GRACE: Duration = Duration::from_secs(15);

/// The server connects and disconnects around each HTTP call (server 1.3.0). A connection this short
/// was a call and no visit.
const CALL: Duration = Duration::from_secs(1);

/// Open connections. Ids are chosen by the client, so an id alone says nothing: the pair is unique.
#[table(name = connection, index(name = by_pair, btree(columns = [identity, connection_id])))]
pub struct Connection {
    identity: Identity,
    connection_id: ConnectionId,
    since: Timestamp,
}

/// People whose last connection went, until their grace is over.
#[table(name = departure)]
pub struct Departure {
    #[primary_key]
    identity: Identity,
    offline_at: Timestamp,
}

#[table(name = departure_timer, scheduled(end_grace))]
pub struct DepartureTimer {
    #[primary_key]
    #[auto_inc]
    id: u64,
    scheduled_at: ScheduleAt,
}

/// Somebody has come, in this window or another.
pub fn connected(ctx: &ReducerContext) {
    let Some(connection_id) = ctx.connection_id else {
        return;
    };
    let pair = (ctx.sender, connection_id);
    ctx.db.connection().by_pair().delete(pair);
    ctx.db.connection().insert(Connection {
        identity: ctx.sender,
        connection_id,
        since: ctx.timestamp,
    });
    let users = ctx.db.user();
    match users.identity().find(ctx.sender) {
        Some(user) if user.online => {}
        Some(user) => {
            users.identity().update(User {
                online: true,
                ..user
            });
        }
        None => {
            users.insert(User {
                identity: ctx.sender,
                name: None,
                online: true,
            });
        }
    }
}

/// A connection has gone; its person goes offline when the grace is over.
pub fn disconnected(ctx: &ReducerContext) {
    let Some(connection_id) = ctx.connection_id else {
        return;
    };
    let connections = ctx.db.connection();
    let pair = (ctx.sender, connection_id);
    let since = connections.by_pair().filter(pair).next().map(|c| c.since);
    connections.by_pair().delete(pair);
    let departures = ctx.db.departure();
    if is_connected(ctx, ctx.sender) {
        return;
    }
    let was_call = since.is_some_and(|since| ctx.timestamp < since + CALL);
    if departures.identity().find(ctx.sender).is_some() {
        // Grace is running already. A call must not prolong it; a visit does.
        if was_call {
            return;
        }
        departures.identity().delete(ctx.sender);
    } else if was_call {
        set_offline(ctx, ctx.sender);
        return;
    }
    let offline_at = ctx.timestamp + GRACE;
    departures.insert(Departure {
        identity: ctx.sender,
        offline_at,
    });
    ctx.db.departure_timer().insert(DepartureTimer {
        id: 0,
        scheduled_at: ScheduleAt::Time(offline_at),
    });
}

/// Any client may call a scheduled reducer with a row of its own making: only the module itself may,
/// and the row is not looked at.
#[reducer]
pub fn end_grace(ctx: &ReducerContext, _timer: DepartureTimer) -> Result<(), String> {
    require_module(ctx)?;
    let departures = ctx.db.departure();
    let over: Vec<Departure> = departures
        .iter()
        .filter(|departure| departure.offline_at <= ctx.timestamp)
        .collect();
    for Departure { identity, .. } in over {
        departures.identity().delete(identity);
        if !is_connected(ctx, identity) {
            set_offline(ctx, identity);
        }
    }
    Ok(())
}

/// Refuses everybody but the module's own timers.
pub fn require_module(ctx: &ReducerContext) -> Result<(), String> {
    if ctx.sender == ctx.identity() && ctx.connection_id.is_none() {
        Ok(())
    } else {
        Err("rights: Only the database itself may do this".into())
    }
}

fn is_connected(ctx: &ReducerContext, identity: Identity) -> bool {
    ctx.db.connection().by_pair().filter(identity).next().is_some()
}

fn set_offline(ctx: &ReducerContext, identity: Identity) {
    let users = ctx.db.user();
    if let Some(user) = users.identity().find(identity) {
        users.identity().update(User {
            online: false,
            ..user
        });
    }
}
