//! The status and availability of a person, and the time of the last visit.

use spacetimedb::{Identity, ReducerContext, Timestamp};

use crate::codes::AVAILABILITY_AVAILABLE;
use crate::tables::profiles::{self, Profile};
use crate::tables::timers;

pub fn find(ctx: &ReducerContext, identity: Identity) -> Profile {
    profiles::find(ctx, identity).unwrap_or(Profile {
        identity,
        status_text: String::new(),
        emoji: String::new(),
        until: None,
        availability: AVAILABILITY_AVAILABLE,
        last_seen: None,
    })
}

/// Sets the caller's status until a time. A status without text and emoji is no status and has no
/// end.
pub fn set_status(
    ctx: &ReducerContext,
    status_text: String,
    emoji: String,
    until: Option<Timestamp>,
) {
    let until = until.filter(|_| !(status_text.is_empty() && emoji.is_empty()));
    let profile = Profile {
        status_text,
        emoji,
        until,
        ..find(ctx, ctx.sender)
    };
    profiles::save(ctx, profile);
    timers::stop_status(ctx, ctx.sender);
    if let Some(until) = until {
        timers::start_status(ctx, until, ctx.sender);
    }
}

/// Clears a status whose time is over. A newer status may have replaced it.
pub fn end_status(ctx: &ReducerContext, identity: Identity) {
    let profile = find(ctx, identity);
    if profile.until.is_some_and(|until| until <= ctx.timestamp) {
        let cleared = Profile {
            status_text: String::new(),
            emoji: String::new(),
            until: None,
            ..profile
        };
        profiles::save(ctx, cleared);
    }
}

pub fn set_availability(ctx: &ReducerContext, availability: u8) {
    let profile = find(ctx, ctx.sender);
    profiles::save(
        ctx,
        Profile {
            availability,
            ..profile
        },
    );
}

/// Sets the time at which a person's last connection closed.
pub fn set_last_seen(ctx: &ReducerContext, identity: Identity, at: Timestamp) {
    let profile = Profile {
        last_seen: Some(at),
        ..find(ctx, identity)
    };
    profiles::save(ctx, profile);
}
