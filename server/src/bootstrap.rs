//! Everything a new database needs, one that was a tutorial's until now, and one that an earlier
//! version of this module made.

use spacetimedb::{table, ReducerContext, Table};

use crate::room::LOBBY;
use crate::{activity, limits, mention, message, post, room, send, user, Message};

/// What brings a database up to date, each once and in order; steps are only ever added.
const STEPS: [fn(&ReducerContext); 3] = [make_lobby, post::renumber, make_rooms];

/// How many steps are done: a look at one row, since this is asked at every connect.
#[table(name = bootstrap_state)]
pub struct BootstrapState {
    /// Always 0: there is one row.
    #[primary_key]
    id: u8,
    steps: u32,
}

/// Brings the database up to what this module needs; nothing if it is.
pub fn ensure(ctx: &ReducerContext) {
    let states = ctx.db.bootstrap_state();
    let done = states.id().find(0).map_or(0, |state| state.steps as usize);
    if done >= STEPS.len() {
        return;
    }
    for step in &STEPS[done..] {
        step(ctx);
    }
    states.id().delete(0);
    states.insert(BootstrapState {
        id: 0,
        steps: STEPS.len() as u32,
    });
}

/// What a tutorial's database holds is copied in its order before anything is numbered or trimmed.
fn make_lobby(ctx: &ReducerContext) {
    if room::exists(ctx, LOBBY) {
        return;
    }
    limits::create(ctx);
    room::create(ctx, LOBBY, "lobby", "", ctx.identity());
    send::start_sweeping(ctx);
    let mut rows: Vec<Message> = ctx.db.message().iter().collect();
    rows.sort_by_key(|row| row.sent);
    for Message { sender, sent, text } in rows {
        post::write(ctx, LOBBY, sender, sent, None, text, None);
    }
    post::trim_mirror(ctx);
}

/// Names that are looked up regardless of case, and the last line of rooms that had none.
fn make_rooms(ctx: &ReducerContext) {
    room::index_names(ctx);
    activity::begin_all(ctx);
    for person in ctx.db.user().iter() {
        if let Some(name) = person.name {
            mention::know_name(ctx, person.identity, &name);
        }
    }
}
