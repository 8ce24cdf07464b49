//! People by their name, for mentions.

use spacetimedb::{table, Identity, ReducerContext, Table};

/// A person's name in lower case.
#[table(name = person_name)]
pub struct PersonName {
    #[primary_key]
    identity: Identity,
    folded: String,
}

/// The first people who took a name. An index over people would be read in full for a name that
/// many have (server 1.3.0).
#[table(name = name_holders)]
pub struct NameHolders {
    #[primary_key]
    folded: String,
    people: Vec<Identity>,
}

/// Returns a person's name in lower case.
pub fn name_of(ctx: &ReducerContext, identity: Identity) -> Option<String> {
    let found = ctx.db.person_name().identity().find(identity);
    found.map(|name| name.folded)
}

pub fn set_name(ctx: &ReducerContext, identity: Identity, folded: String) {
    let names = ctx.db.person_name();
    names.identity().delete(identity);
    names.insert(PersonName { identity, folded });
}

/// Returns the people who have a name, given in lower case.
pub fn holders(ctx: &ReducerContext, folded: &str) -> Option<Vec<Identity>> {
    let found = ctx.db.name_holders().folded().find(folded.to_string());
    found.map(|name| name.people)
}

/// Stores the people who have a name, given in lower case.
pub fn set_holders(ctx: &ReducerContext, folded: String, people: Vec<Identity>) {
    let holders = ctx.db.name_holders();
    holders.folded().delete(&folded);
    if !people.is_empty() {
        holders.insert(NameHolders { folded, people });
    }
}
