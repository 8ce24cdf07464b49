//! The people who have copies of what moderators read.

use spacetimedb::{Identity, ReducerContext};

use crate::features::moderation::details;
use crate::rules::guard;
use crate::tables::moderation_log;

/// Adds or deletes a person's copies, as the role demands. Every connect calls this too, because an
/// owner written with SQL was written by no reducer.
pub fn update(ctx: &ReducerContext, identity: Identity) {
    let has_copies = moderation_log::is_viewer(ctx, identity);
    let should_have = guard::is_moderator(ctx, identity);
    if has_copies == should_have {
        return;
    }
    moderation_log::delete_copies(ctx, identity);
    details::hide_all(ctx, identity);
    if should_have {
        moderation_log::insert_viewer(ctx, identity);
        for entry in moderation_log::entries(ctx) {
            moderation_log::insert_copy(ctx, identity, entry);
        }
        details::show_all(ctx, identity);
    } else {
        moderation_log::delete_viewer(ctx, identity);
    }
}
