//! The details of sanctions, for the person under a sanction and for moderators.

use spacetimedb::{Identity, ReducerContext};

use crate::tables::roles;
use crate::tables::sanctions::{self, SanctionDetail, SanctionRecord};

/// Shows a sanction to one viewer. The moderator's name is for other moderators.
pub fn show(ctx: &ReducerContext, viewer: Identity, record: &SanctionRecord) {
    let detail = SanctionDetail {
        id: 0,
        viewer,
        identity: record.identity,
        kind: record.kind,
        until: record.until,
        reason: record.reason.clone(),
        by: (viewer != record.identity).then_some(record.by),
        at: record.at,
    };
    sanctions::insert_detail(ctx, detail);
}

/// Shows a sanction to the moderators.
pub fn show_to_moderators(ctx: &ReducerContext, record: &SanctionRecord) {
    for viewer in moderators_except(ctx, record.identity) {
        show(ctx, viewer, record);
    }
}

/// Hides a sanction that is over from the moderators.
pub fn hide_from_moderators(ctx: &ReducerContext, identity: Identity, kind: u8) {
    for viewer in moderators_except(ctx, identity) {
        for detail in sanctions::details(ctx, viewer, identity) {
            if detail.kind == kind {
                sanctions::delete_detail(ctx, detail.id);
            }
        }
    }
}

/// Shows all sanctions of others to a new moderator.
pub fn show_all(ctx: &ReducerContext, viewer: Identity) {
    for record in sanctions::all(ctx) {
        if record.identity != viewer {
            show(ctx, viewer, &record);
        }
    }
}

/// Hides the sanctions of others from a former moderator, who still sees the own ones.
pub fn hide_all(ctx: &ReducerContext, viewer: Identity) {
    for detail in sanctions::details_of_viewer(ctx, viewer) {
        if detail.identity != viewer {
            sanctions::delete_detail(ctx, detail.id);
        }
    }
}

fn moderators_except(ctx: &ReducerContext, identity: Identity) -> impl Iterator<Item = Identity> {
    let moderators = roles::moderators(ctx).into_iter();
    moderators.filter(move |&viewer| viewer != identity)
}
