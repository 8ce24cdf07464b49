//! What is seen of time-outs and bans.
//!
//! In full mode the server sends a reducer's arguments and caller to everybody whose rows it touches. So
//! the reducer with the reason touches rows of moderators alone; what everybody sees, and what the person
//! sees, is written right after it by a timer.

use spacetimedb::{
    client_visibility_filter, reducer, table, Filter, Identity, ReducerContext, ScheduleAt, Table,
    Timestamp,
};

use crate::presence::require_module;
use crate::role::{self, MEMBER};
use crate::verdict::{self, Verdict, BAN};

/// What everybody sees of it.
#[table(name = sanction, public)]
pub struct Sanction {
    #[primary_key]
    #[auto_inc]
    pub id: u64,
    #[index(btree)]
    pub identity: Identity,
    /// 1 time-out, 2 ban. A number because SQL can't write an enum.
    pub kind: u8,
    /// Of a time-out.
    pub until: Option<Timestamp>,
}

/// What the person and each moderator see of it. A row filter hides rows and no columns.
#[table(
    name = sanction_detail,
    public,
    index(name = by_pair, btree(columns = [viewer, identity]))
)]
pub struct SanctionDetail {
    #[primary_key]
    #[auto_inc]
    pub id: u64,
    /// Whose row this is.
    #[index(btree)]
    pub viewer: Identity,
    /// Who is sanctioned.
    pub identity: Identity,
    pub kind: u8,
    pub until: Option<Timestamp>,
    pub reason: String,
    /// Told to moderators only.
    pub by: Option<Identity>,
    pub at: Timestamp,
}

#[client_visibility_filter]
const SANCTION_DETAIL_OF_VIEWER: Filter =
    Filter::Sql("SELECT * FROM sanction_detail WHERE viewer = :sender");

/// Brings what is seen of a person's sanctions in line with what is true: after a change, and at an end.
#[table(name = sanction_timer, scheduled(show_sanctions))]
pub struct SanctionTimer {
    #[primary_key]
    #[auto_inc]
    id: u64,
    scheduled_at: ScheduleAt,
    identity: Identity,
}

/// Any client may call a scheduled reducer: only the module itself may.
#[reducer]
pub fn show_sanctions(ctx: &ReducerContext, timer: SanctionTimer) -> Result<(), String> {
    require_module(ctx)?;
    let person = timer.identity;
    verdict::drop_ended(ctx, person);
    let verdicts = verdict::of(ctx, person);
    // Here and not with the ban itself, whose reason would go to all who see roles.
    if verdicts.iter().any(|verdict| verdict.kind == BAN) {
        role::set(ctx, person, MEMBER);
    }
    let sanctions = ctx.db.sanction();
    let details = ctx.db.sanction_detail();
    let shown: Vec<_> = details
        .by_pair()
        .filter((person, person))
        .map(|row| row.at)
        .collect();
    if verdicts.iter().map(|verdict| verdict.at).eq(shown) {
        return Ok(());
    }
    sanctions.identity().delete(person);
    details.by_pair().delete((person, person));
    for verdict in verdicts {
        sanctions.insert(Sanction {
            id: 0,
            identity: person,
            kind: verdict.kind,
            until: verdict.until,
        });
        tell(ctx, person, &verdict);
    }
    Ok(())
}

/// Lets everybody see at that time what is true of somebody then.
pub fn show_at(ctx: &ReducerContext, identity: Identity, at: Timestamp) {
    ctx.db.sanction_timer().insert(SanctionTimer {
        id: 0,
        scheduled_at: ScheduleAt::Time(at),
        identity,
    });
}

/// Tells the moderators of a sanction.
pub fn tell_moderators(ctx: &ReducerContext, verdict: &Verdict) {
    for viewer in others_than(ctx, verdict.identity) {
        tell(ctx, viewer, verdict);
    }
}

/// Takes a sanction that is over from the moderators' sight.
pub fn untell_moderators(ctx: &ReducerContext, identity: Identity, kind: u8) {
    let details = ctx.db.sanction_detail();
    for viewer in others_than(ctx, identity) {
        let rows: Vec<SanctionDetail> = details.by_pair().filter((viewer, identity)).collect();
        for row in rows.into_iter().filter(|row| row.kind == kind) {
            details.id().delete(row.id);
        }
    }
}

/// Gives somebody who becomes a moderator all that moderators see of sanctions.
pub fn tell_all(ctx: &ReducerContext, viewer: Identity) {
    for verdict in verdict::all(ctx) {
        if verdict.identity != viewer {
            tell(ctx, viewer, &verdict);
        }
    }
}

/// Takes it from somebody who is none any more; what a person is told of itself stays.
pub fn forget_all(ctx: &ReducerContext, viewer: Identity) {
    let details = ctx.db.sanction_detail();
    let rows: Vec<SanctionDetail> = details.viewer().filter(viewer).collect();
    for row in rows.into_iter().filter(|row| row.identity != viewer) {
        details.id().delete(row.id);
    }
}

fn others_than(ctx: &ReducerContext, identity: Identity) -> impl Iterator<Item = Identity> {
    let moderators = role::moderators(ctx).into_iter();
    moderators.filter(move |&viewer| viewer != identity)
}

fn tell(ctx: &ReducerContext, viewer: Identity, verdict: &Verdict) {
    ctx.db.sanction_detail().insert(SanctionDetail {
        id: 0,
        viewer,
        identity: verdict.identity,
        kind: verdict.kind,
        until: verdict.until,
        reason: verdict.reason.clone(),
        by: (viewer != verdict.identity).then_some(verdict.by),
        at: verdict.at,
    });
}
