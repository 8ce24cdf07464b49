//! The status and availability of people.

use spacetimedb::{table, Identity, ReducerContext, Table, Timestamp};

#[table(name = profile, public)]
pub struct Profile {
    #[primary_key]
    pub identity: Identity,
    pub status_text: String,
    /// Emoji; empty without one.
    pub emoji: String,
    /// Time at which a timer clears text and emoji.
    pub until: Option<Timestamp>,
    /// Code: 0 available, 1 away, 2 busy; see `codes`.
    pub availability: u8,
    /// Time at which the last connection closed; none on a person's first visit.
    pub last_seen: Option<Timestamp>,
}

pub fn find(ctx: &ReducerContext, identity: Identity) -> Option<Profile> {
    ctx.db.profile().identity().find(identity)
}

/// Stores a profile, in place of an earlier one.
pub fn save(ctx: &ReducerContext, profile: Profile) {
    let profiles = ctx.db.profile();
    if profiles.identity().find(profile.identity).is_some() {
        profiles.identity().update(profile);
    } else {
        profiles.insert(profile);
    }
}
