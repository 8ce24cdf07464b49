//! The people of the database.

use spacetimedb::{table, Identity, ReducerContext, Table};

/// A person, column for column as in the quickstart, since rows are encoded without column names.
#[table(name = user, public)]
pub struct User {
    #[primary_key]
    pub identity: Identity,
    pub name: Option<String>,
    pub online: bool,
}

pub fn find(ctx: &ReducerContext, identity: Identity) -> Option<User> {
    ctx.db.user().identity().find(identity)
}

pub fn all(ctx: &ReducerContext) -> impl Iterator<Item = User> + use<'_> {
    ctx.db.user().iter()
}

pub fn insert(ctx: &ReducerContext, user: User) {
    ctx.db.user().insert(user);
}

pub fn update(ctx: &ReducerContext, user: User) {
    ctx.db.user().identity().update(user);
}
