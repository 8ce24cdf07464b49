//! Time-outs and bans. A person under a sanction may connect, read, leave rooms and move read
//! marks; every other reducer refuses.

use std::time::Duration;

use spacetimedb::{Identity, ReducerContext, Timestamp};

use crate::codes::{ROLE_MEMBER, SANCTION_BAN, SANCTION_TIME_OUT};
use crate::features::moderation::log::{self, Action};
use crate::features::moderation::{details, roles};
use crate::rules::guard;
use crate::tables::sanctions::{self, Sanction, SanctionRecord};
use crate::tables::timers;

pub fn time_out(ctx: &ReducerContext, person: Identity, seconds: u32, reason: String) {
    let until = ctx.timestamp + Duration::from_secs(seconds.into());
    impose(ctx, person, SANCTION_TIME_OUT, Some(until), &reason);
    timers::start_sanction(ctx, until, person);
    log::record(
        ctx,
        Action::TimeOut {
            person,
            seconds,
            reason,
        },
    );
}

pub fn ban(ctx: &ReducerContext, person: Identity, reason: String) {
    impose(ctx, person, SANCTION_BAN, None, &reason);
    log::record(ctx, Action::Ban { person, reason });
}

/// Ends a sanction. Does nothing if the person has none of this kind.
pub fn lift(ctx: &ReducerContext, person: Identity, kind: u8, reason: String) {
    let mut records = sanctions::of(ctx, person).into_iter();
    if !records.any(|record| record.kind == kind) {
        return;
    }
    delete(ctx, person, kind);
    timers::start_sanction(ctx, ctx.timestamp, person);
    log::record(
        ctx,
        Action::Lift {
            person,
            kind,
            reason,
        },
    );
}

/// Brings the sanctions that everybody and the person see in line with the records.
pub fn publish(ctx: &ReducerContext, person: Identity) {
    for record in sanctions::of(ctx, person) {
        if !guard::is_in_force(ctx, &record) {
            delete(ctx, person, record.kind);
        }
    }
    let records = sanctions::of(ctx, person);
    // The ban's own reducer can't do this: its reason would go to everybody who sees roles.
    if records.iter().any(|record| record.kind == SANCTION_BAN) {
        roles::set(ctx, person, ROLE_MEMBER);
    }
    let shown = sanctions::details(ctx, person, person);
    if records
        .iter()
        .map(|record| record.at)
        .eq(shown.iter().map(|detail| detail.at))
    {
        return;
    }
    sanctions::delete_public_of(ctx, person);
    sanctions::delete_details(ctx, person, person);
    for record in records {
        let sanction = Sanction {
            id: 0,
            identity: person,
            kind: record.kind,
            until: record.until,
        };
        sanctions::insert_public(ctx, sanction);
        details::show(ctx, person, &record);
    }
}

fn impose(
    ctx: &ReducerContext,
    identity: Identity,
    kind: u8,
    until: Option<Timestamp>,
    reason: &str,
) {
    delete(ctx, identity, kind);
    let record = SanctionRecord {
        id: 0,
        identity,
        kind,
        until,
        reason: reason.into(),
        by: ctx.sender,
        at: ctx.timestamp,
    };
    let record = sanctions::insert(ctx, record);
    details::show_to_moderators(ctx, &record);
    timers::start_sanction(ctx, ctx.timestamp, identity);
}

/// Deletes a record, and the details that moderators see of it.
fn delete(ctx: &ReducerContext, identity: Identity, kind: u8) {
    for record in sanctions::of(ctx, identity) {
        if record.kind == kind {
            sanctions::delete(ctx, record.id);
        }
    }
    details::hide_from_moderators(ctx, identity, kind);
}
