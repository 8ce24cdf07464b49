//! Looking for what was said, in all of a room, however long it is.
//!
//! `index` keeps, for each word of a room, the posts that have it. A search walks down the shortest of
//! these lists and reads the posts it leads to: what it answers is what the posts say now. Nothing here
//! reads a whole table or a range of one, and each search has an end, from where the next goes on.

mod dictionary;
mod excerpt;
mod index;
mod postings;
mod posts;
mod query;
mod store;
mod walk;
mod words;

use spacetimedb::{
    client_visibility_filter, reducer, table, Filter, Identity, ReducerContext, SpacetimeType,
    Table, Timestamp,
};

pub use index::{note, wake};

use crate::post::{id_of, post, PostState};
use crate::{rate, room, verdict};
use query::Query;
use walk::Posts;

/// Searches that somebody who has not searched for a while may make at once, and a second.
const BURST: u32 = 10;
const PER_SECOND: u32 = 5;
/// Unicode scalar values of what is looked for.
const MAX_QUERY_LENGTH: usize = 200;
const MAX_TERMS: usize = 16;
const MAX_HITS: usize = 50;

/// What one search may read; it holds up everybody meanwhile.
const MAX_POSTS: usize = 300;
const MAX_BYTES: usize = 500_000;
const MAX_BLOCKS: usize = 600;
const MAX_ROUNDS: usize = 5_000;

/// A post that was found.
#[derive(SpacetimeType, Clone)]
pub struct SearchHit {
    pub seq: u64,
    pub sender: Identity,
    pub sent: Timestamp,
    /// One line around what was found, at most 200 UTF-16 units.
    pub excerpt: String,
}

/// The answer to somebody's last search. Goes with the person's last connection.
#[table(name = search_result, public)]
pub struct SearchResult {
    #[primary_key]
    pub asker: Identity,
    pub room: u32,
    /// As the asker gave it.
    pub query_id: u64,
    /// Newest first.
    pub hits: Vec<SearchHit>,
    /// There may be hits below this number: it is the `before_seq` to go on with.
    pub older: Option<u64>,
    /// Part of the room is not indexed yet: newer posts may be missing.
    pub is_catching_up: bool,
    /// More words begin like the last one than were looked for.
    pub is_cut: bool,
}

#[client_visibility_filter]
const OWN_RESULT: Filter = Filter::Sql("SELECT * FROM search_result WHERE asker = :sender");

/// When a person would have been silent long enough to search ten times at once.
#[table(name = search_rate)]
pub struct SearchRate {
    #[primary_key]
    identity: Identity,
    rested_at: Timestamp,
}

/// Looks for posts with all words of `text`; the last may be the beginning of one. The answer is the
/// caller's row of `search_result`, with the newest hits, or the newest below `before_seq`.
#[reducer]
pub fn search(
    ctx: &ReducerContext,
    room: u32,
    query_id: u64,
    text: String,
    before_seq: Option<u64>,
) -> Result<(), String> {
    verdict::require_free(ctx)?;
    if !room::exists(ctx, room) {
        return Err("room: There is no such room".into());
    }
    spend(ctx)?;
    let query = check(&text)?;
    let is_catching_up = !index::catch_up(ctx, room);
    let Found {
        hits,
        older,
        is_cut,
    } = find(ctx, room, &query, before_seq);
    let results = ctx.db.search_result();
    results.asker().delete(ctx.sender);
    results.insert(SearchResult {
        asker: ctx.sender,
        room,
        query_id,
        hits,
        older,
        is_catching_up,
        is_cut,
    });
    Ok(())
}

/// Takes a post out of the index. `text` is the text that it had until now.
pub fn forget(ctx: &ReducerContext, room: u32, seq: u64, text: &str) {
    if seq < index::indexed(ctx, room) {
        posts::forget(ctx, room, seq, text);
    }
}

/// Makes a post known by the words of its new text instead of those of the old one.
pub fn rewrite(ctx: &ReducerContext, room: u32, seq: u64, old: &str, new: &str) {
    if seq < index::indexed(ctx, room) {
        posts::rewrite(ctx, room, seq, old, new);
    }
}

/// The person has gone.
pub fn forget_result(ctx: &ReducerContext) {
    ctx.db.search_result().asker().delete(ctx.sender);
}

fn check(text: &str) -> Result<Query, String> {
    if text.chars().count() > MAX_QUERY_LENGTH {
        return Err(format!(
            "search: What you look for must not be longer than {MAX_QUERY_LENGTH} characters"
        ));
    }
    let query = Query::new(text);
    if query.terms.is_empty() {
        return Err("search: Type a word to look for".into());
    }
    if query.terms.len() > MAX_TERMS {
        return Err(format!(
            "search: Type at most {MAX_TERMS} words to look for"
        ));
    }
    Ok(query)
}

fn spend(ctx: &ReducerContext) -> Result<(), String> {
    let rates = ctx.db.search_rate();
    let known = rates.identity().find(ctx.sender);
    let rested_at = known.as_ref().map(|rate| rate.rested_at);
    let next = SearchRate {
        identity: ctx.sender,
        rested_at: rate::rested_after(ctx.timestamp, rested_at, BURST, PER_SECOND)?,
    };
    match known {
        Some(_) => rates.identity().update(next),
        None => rates.insert(next),
    };
    Ok(())
}

struct Found {
    hits: Vec<SearchHit>,
    older: Option<u64>,
    is_cut: bool,
}

/// What a search has read.
#[derive(Default)]
struct Work {
    posts: usize,
    bytes: usize,
    blocks: usize,
    rounds: usize,
}

impl Work {
    fn is_done(&self) -> bool {
        self.posts >= MAX_POSTS
            || self.bytes >= MAX_BYTES
            || self.blocks >= MAX_BLOCKS
            || self.rounds >= MAX_ROUNDS
    }
}

/// Each round looks at everything down to a new `limit`, so wherever it ends, the next search goes on.
fn find(ctx: &ReducerContext, room: u32, query: &Query, before_seq: Option<u64>) -> Found {
    let mut lists = lists_for(ctx, room, query);
    let mut found = Found {
        hits: Vec::new(),
        older: None,
        is_cut: lists.iter().any(|posts| posts.is_cut),
    };
    let mut work = Work::default();
    let mut below = before_seq.unwrap_or(u64::MAX);
    while let Some(limit) = below.checked_sub(1) {
        if work.is_done() {
            found.older = Some(below);
            break;
        }
        work.rounds += 1;
        match next_in(ctx, &mut lists, limit, &mut work) {
            None => break,
            Some(Place::Below(seq)) => below = seq + 1,
            Some(Place::At(seq)) => {
                let hit = read(ctx, room, seq, query, &mut work);
                if hit.is_some() && found.hits.len() == MAX_HITS {
                    found.older = Some(below);
                    break;
                }
                found.hits.extend(hit);
                below = seq;
            }
        }
    }
    found
}

/// The lists to walk down, the shortest first. The posts are read in the end, so a list can be left out.
fn lists_for(ctx: &ReducerContext, room: u32, query: &Query) -> Vec<Posts> {
    let mut lists: Vec<Posts> = query.terms.iter().map(|term| Posts::of(ctx, room, term)).collect();
    if lists.iter().any(|posts| !posts.is_cut) {
        lists.retain(|posts| !posts.is_cut);
    }
    lists.sort_by_key(|posts| posts.size);
    if lists[0].size <= MAX_POSTS as u64 {
        // So few that reading them is less work than comparing them with other lists.
        lists.truncate(1);
    }
    lists
}

enum Place {
    /// All lists have this post.
    At(u64),
    /// None of the posts above this one is in all lists.
    Below(u64),
}

fn next_in(
    ctx: &ReducerContext,
    lists: &mut [Posts],
    limit: u64,
    work: &mut Work,
) -> Option<Place> {
    let mut seq = limit;
    for (index, posts) in lists.iter_mut().enumerate() {
        let next = posts.at_most(ctx, seq, &mut work.blocks)?;
        if index > 0 && next < seq {
            return Some(Place::Below(next));
        }
        seq = next;
    }
    Some(Place::At(seq))
}

/// The post as it is now, if it still says what is looked for.
fn read(
    ctx: &ReducerContext,
    room: u32,
    seq: u64,
    query: &Query,
    work: &mut Work,
) -> Option<SearchHit> {
    work.posts += 1;
    let post = ctx.db.post().id().find(id_of(room, seq))?;
    work.bytes += post.text.len();
    if post.state != PostState::Normal {
        return None;
    }
    let at = query.find_in(&post.text)?;
    Some(SearchHit {
        seq,
        sender: post.sender,
        sent: post.sent,
        excerpt: excerpt::excerpt(&post.text, at),
    })
}
