//! Who was spoken to: by `@name`, or by an answer to a post of theirs. A row lasts until it is read.

use std::collections::BTreeSet;

use spacetimedb::{
    client_visibility_filter, table, Filter, Identity, ReducerContext, Table, Timestamp,
};

use crate::line::Line;
use crate::place::Place;
use crate::{limits, text};

/// Places in one post where a name is looked for.
const MAX_NAMES: usize = 10;
/// People who are told of one post; several may have one name.
const MAX_MENTIONED: usize = 16;
/// Unicode scalar values.
const EXCERPT_LENGTH: usize = 120;

#[table(
    name = mention,
    public,
    index(name = by_place, btree(columns = [owner, room, seq])),
    index(name = by_post, btree(columns = [room, seq]))
)]
pub struct Mention {
    #[primary_key]
    #[auto_inc]
    pub id: u64,
    /// Who was spoken to.
    #[index(btree)]
    pub owner: Identity,
    pub room: u32,
    pub seq: u64,
    pub sender: Identity,
    pub sent: Timestamp,
    /// For a notification, so that the page need not be fetched.
    pub excerpt: String,
}

#[client_visibility_filter]
const MENTION_OF_OWNER: Filter = Filter::Sql("SELECT * FROM mention WHERE owner = :sender");

/// How each person is called, in lower case.
#[table(name = person_name)]
pub struct PersonName {
    #[primary_key]
    identity: Identity,
    folded: String,
}

/// Who is called so: the first sixteen, so that a name that many have costs no more than any other. An
/// index would be read over all who have it (server 1.3.0).
#[table(name = name_holders)]
pub struct NameHolders {
    #[primary_key]
    folded: String,
    people: Vec<Identity>,
}

/// Somebody is called so from now on.
pub fn know_name(ctx: &ReducerContext, identity: Identity, name: &str) {
    let names = ctx.db.person_name();
    let folded = name.to_lowercase();
    if let Some(before) = names.identity().find(identity) {
        if before.folded == folded {
            return;
        }
        names.identity().delete(identity);
        hold(ctx, before.folded, |people| {
            people.retain(|&person| person != identity)
        });
    }
    hold(ctx, folded.clone(), |people| {
        if people.len() < MAX_MENTIONED {
            people.push(identity);
        }
    });
    names.insert(PersonName { identity, folded });
}

/// Tells those whom a new post speaks to.
pub fn write(ctx: &ReducerContext, place: &Place, line: &Line) {
    for owner in spoken_to(ctx, place, line, &line.text) {
        insert(ctx, line, owner);
    }
}

/// A post has another text: whoever it names no longer is told nothing, whoever it names now is. Nobody is
/// told again of what was read before.
pub fn rewrite(ctx: &ReducerContext, place: &Place, line: &Line, before: &str) {
    let mentions = ctx.db.mention();
    let now = spoken_to(ctx, place, line, &line.text);
    let told: Vec<Mention> = mentions.by_post().filter((line.room, line.seq)).collect();
    for row in told {
        if now.contains(&row.owner) {
            let excerpt = text::excerpt(&line.text, EXCERPT_LENGTH);
            mentions.id().update(Mention { excerpt, ..row });
        } else {
            mentions.id().delete(row.id);
        }
    }
    let earlier = spoken_to(ctx, place, line, before);
    for &owner in now.difference(&earlier) {
        insert(ctx, line, owner);
    }
}

/// Nobody is told of this post any more.
pub fn forget_post(ctx: &ReducerContext, room: u32, seq: u64) {
    ctx.db.mention().by_post().delete((room, seq));
}

/// Somebody has read a room up to there.
pub fn forget_until(ctx: &ReducerContext, owner: Identity, room: u32, unread_from: u64) {
    ctx.db
        .mention()
        .by_place()
        .delete((owner, room, ..unread_from));
}

/// Somebody has left a private room.
pub fn forget_room(ctx: &ReducerContext, owner: Identity, room: u32) {
    ctx.db.mention().by_place().delete((owner, room));
}

fn insert(ctx: &ReducerContext, line: &Line, owner: Identity) {
    ctx.db.mention().insert(Mention {
        id: 0,
        owner,
        room: line.room,
        seq: line.seq,
        sender: line.sender,
        sent: line.sent,
        excerpt: text::excerpt(&line.text, EXCERPT_LENGTH),
    });
}

/// Whom a post speaks to, of those who can see it: the people it names and the author of what it quotes.
fn spoken_to(ctx: &ReducerContext, place: &Place, line: &Line, text: &str) -> BTreeSet<Identity> {
    let quoted = line
        .reply_to
        .and_then(|seq| Line::find(ctx, place, seq).ok());
    let mut people = named(ctx, text);
    people.extend(quoted.map(|quoted| quoted.sender));
    people.retain(|&person| person != line.sender && place.reaches(person));
    people
}

/// The people whom a text names. After an `@` the longest name counts that ends where a word does.
fn named(ctx: &ReducerContext, text: &str) -> BTreeSet<Identity> {
    let holders = ctx.db.name_holders();
    let max = limits::current(ctx).name_length as usize;
    let mut found = BTreeSet::new();
    for candidates in text::names_after_at(text, max).take(MAX_NAMES) {
        let held = candidates
            .iter()
            .find_map(|candidate| holders.folded().find(candidate));
        found.extend(held.into_iter().flat_map(|name| name.people));
    }
    found.into_iter().take(MAX_MENTIONED).collect()
}

fn hold(ctx: &ReducerContext, folded: String, edit: impl FnOnce(&mut Vec<Identity>)) {
    let holders = ctx.db.name_holders();
    let mut people = holders
        .folded()
        .find(&folded)
        .map_or(Vec::new(), |name| name.people);
    edit(&mut people);
    holders.folded().delete(&folded);
    if !people.is_empty() {
        holders.insert(NameHolders { folded, people });
    }
}
