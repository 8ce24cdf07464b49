//! The reducers of moderators and owners.

use spacetimedb::{reducer, Identity, ReducerContext};

use crate::codes::{ROLE_OWNER, SANCTION_BAN, SANCTION_TIME_OUT};
use crate::features::moderation::{removal, roles, sanctions};
use crate::features::post_view::PostView;
use crate::rules::limits::MAX_TIME_OUT_SECONDS;
use crate::rules::room_access::RoomAccess;
use crate::rules::{guard, texts};
use crate::tables::limits::{self, Limits};

/// Stops a person from writing for a while.
#[reducer]
pub fn time_out(
    ctx: &ReducerContext,
    person: Identity,
    seconds: u32,
    reason: String,
) -> Result<(), String> {
    guard::require_may_sanction(ctx, person)?;
    if seconds == 0 || seconds > MAX_TIME_OUT_SECONDS {
        return Err("limits: A time-out lasts from one second to 31 days".into());
    }
    let reason = texts::reason(&reason)?;
    sanctions::time_out(ctx, person, seconds, reason);
    Ok(())
}

/// Stops a person from writing until the ban is lifted. A banned moderator becomes a member.
#[reducer]
pub fn ban(ctx: &ReducerContext, person: Identity, reason: String) -> Result<(), String> {
    guard::require_may_sanction(ctx, person)?;
    let reason = texts::reason(&reason)?;
    sanctions::ban(ctx, person, reason);
    Ok(())
}

/// Lifts a time-out (1) or a ban (2). The reason may be empty.
#[reducer]
pub fn lift(
    ctx: &ReducerContext,
    person: Identity,
    kind: u8,
    reason: String,
) -> Result<(), String> {
    guard::require_moderator(ctx)?;
    if kind != SANCTION_TIME_OUT && kind != SANCTION_BAN {
        return Err("sanction: Only a time-out or a ban can be lifted".into());
    }
    let reason = texts::optional_reason(&reason)?;
    sanctions::lift(ctx, person, kind, reason);
    Ok(())
}

/// Removes the text of a post. The post remains with a note.
#[reducer]
pub fn remove_post(ctx: &ReducerContext, room: u32, seq: u64) -> Result<(), String> {
    let access = RoomAccess::enter(ctx, room)?;
    access.require_remover(ctx)?;
    let post = PostView::find(ctx, &access, seq)?;
    removal::request(ctx, &access, post);
    Ok(())
}

/// Gives a person a role: 0 member, 1 moderator, 2 owner.
#[reducer]
pub fn set_role(ctx: &ReducerContext, person: Identity, rank: u8) -> Result<(), String> {
    guard::require_owner(ctx)?;
    if rank > ROLE_OWNER {
        return Err("role: A role must be member, moderator or owner".into());
    }
    guard::require_known(ctx, person)?;
    roles::change(ctx, person, rank)
}

#[reducer]
pub fn set_limits(
    ctx: &ReducerContext,
    message_length: u32,
    name_length: u32,
    burst: u32,
    per_second: u32,
    mirrored: u32,
) -> Result<(), String> {
    guard::require_owner(ctx)?;
    if [message_length, name_length, burst, per_second, mirrored].contains(&0) {
        return Err("limits: A limit must not be zero".into());
    }
    limits::update(
        ctx,
        Limits {
            id: limits::ONLY,
            message_length,
            name_length,
            burst,
            per_second,
            mirrored,
        },
    );
    Ok(())
}
