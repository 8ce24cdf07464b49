//! The people with a name, for mentions.

use std::collections::BTreeSet;

use spacetimedb::{Identity, ReducerContext};

use crate::rules::limits::{self, MAX_MENTIONED, MAX_NAMES_IN_MESSAGE};
use crate::tables::names;
use crate::text;

/// Stores a person's name in place of an earlier one.
pub fn set_name(ctx: &ReducerContext, identity: Identity, name: &str) {
    let folded = name.to_lowercase();
    if let Some(before) = names::name_of(ctx, identity) {
        if before == folded {
            return;
        }
        edit_holders(ctx, before, |people| {
            people.retain(|&person| person != identity)
        });
    }
    edit_holders(ctx, folded.clone(), |people| {
        if people.len() < MAX_MENTIONED {
            people.push(identity);
        }
    });
    names::set_name(ctx, identity, folded);
}

/// Returns the people that a text names. After an `@` counts the longest name that ends where a
/// word ends.
pub fn people_named(ctx: &ReducerContext, text: &str) -> BTreeSet<Identity> {
    let max = limits::current(ctx).name_length as usize;
    let mut found = BTreeSet::new();
    for candidates in text::names_after_at(text, max).take(MAX_NAMES_IN_MESSAGE) {
        let people = candidates
            .iter()
            .find_map(|candidate| names::holders(ctx, candidate));
        found.extend(people.into_iter().flatten());
    }
    found.into_iter().take(MAX_MENTIONED).collect()
}

fn edit_holders(ctx: &ReducerContext, folded: String, edit: impl FnOnce(&mut Vec<Identity>)) {
    let mut people = names::holders(ctx, &folded).unwrap_or_default();
    edit(&mut people);
    names::set_holders(ctx, folded, people);
}
