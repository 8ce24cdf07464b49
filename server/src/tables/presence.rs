//! Open connections, and people whose last connection closed a moment ago.

use spacetimedb::{table, ConnectionId, Identity, ReducerContext, Table, Timestamp};

/// An open connection. A client chooses its connection id, so only identity and id together are
/// unique.
#[table(name = connection, index(name = by_pair, btree(columns = [identity, connection_id])))]
pub struct Connection {
    identity: Identity,
    connection_id: ConnectionId,
    since: Timestamp,
}

/// A person whose last connection closed, until the grace period ends.
#[table(name = departure)]
pub struct Departure {
    #[primary_key]
    pub identity: Identity,
    pub offline_at: Timestamp,
}

/// Adds a connection of the caller.
pub fn insert_connection(ctx: &ReducerContext, connection_id: ConnectionId) {
    let connections = ctx.db.connection();
    connections.by_pair().delete((ctx.sender, connection_id));
    connections.insert(Connection {
        identity: ctx.sender,
        connection_id,
        since: ctx.timestamp,
    });
}

/// Deletes a connection of the caller. Returns the time at which it opened.
pub fn delete_connection(ctx: &ReducerContext, connection_id: ConnectionId) -> Option<Timestamp> {
    let connections = ctx.db.connection();
    let pair = (ctx.sender, connection_id);
    let since = connections.by_pair().filter(pair).next().map(|c| c.since);
    connections.by_pair().delete(pair);
    since
}

pub fn is_connected(ctx: &ReducerContext, identity: Identity) -> bool {
    ctx.db
        .connection()
        .by_pair()
        .filter(identity)
        .next()
        .is_some()
}

pub fn has_departure(ctx: &ReducerContext, identity: Identity) -> bool {
    ctx.db.departure().identity().find(identity).is_some()
}

/// Returns the people whose grace period is over.
pub fn ended_departures(ctx: &ReducerContext) -> Vec<Departure> {
    let departures = ctx.db.departure().iter();
    departures
        .filter(|departure| departure.offline_at <= ctx.timestamp)
        .collect()
}

pub fn insert_departure(ctx: &ReducerContext, departure: Departure) {
    ctx.db.departure().insert(departure);
}

pub fn delete_departure(ctx: &ReducerContext, identity: Identity) {
    ctx.db.departure().identity().delete(identity);
}
