//! One search: it walks down the lists of its words and reads the posts, up to the next end.

use spacetimedb::ReducerContext;

use crate::rules::limits::MAX_SEARCH_HITS;
use crate::search::excerpt::excerpt;
use crate::search::query::Query;
use crate::search::walk::PostWalk;
use crate::tables::posts::{self, PostState};
use crate::tables::search_results::SearchHit;

/// The most that one search may read, because it delays everybody meanwhile.
const MAX_POSTS: usize = 300;
const MAX_BYTES: usize = 500_000;
const MAX_BLOCKS: usize = 600;
const MAX_ROUNDS: usize = 5_000;

pub struct Found {
    /// Hits, newest first.
    pub hits: Vec<SearchHit>,
    /// The `before_seq` of the next search, if there may be older hits.
    pub older: Option<u64>,
    /// True if more words begin like the last one than the search looked for.
    pub is_cut: bool,
}

/// The amount that a search has read.
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

/// Returns the newest hits, or the newest below `before_seq`. Each round covers all posts down to a
/// new `limit`, so the next search can continue from any end.
pub fn find(ctx: &ReducerContext, room: u32, query: &Query, before_seq: Option<u64>) -> Found {
    let mut walks = walks_for(ctx, room, query);
    let mut found = Found {
        hits: Vec::new(),
        older: None,
        is_cut: walks.iter().any(|walk| walk.is_cut),
    };
    let mut work = Work::default();
    let mut below = before_seq.unwrap_or(u64::MAX);
    while let Some(limit) = below.checked_sub(1) {
        if work.is_done() {
            found.older = Some(below);
            break;
        }
        work.rounds += 1;
        match next_match(ctx, &mut walks, limit, &mut work) {
            None => break,
            Some(Match::Below(seq)) => below = seq + 1,
            Some(Match::At(seq)) => {
                let hit = read(ctx, room, seq, query, &mut work);
                if hit.is_some() && found.hits.len() == MAX_SEARCH_HITS {
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

/// Returns the lists to walk down, the shortest first. Every post is read in the end, so a list can
/// be left out.
fn walks_for(ctx: &ReducerContext, room: u32, query: &Query) -> Vec<PostWalk> {
    let terms = query.terms.iter();
    let mut walks: Vec<PostWalk> = terms.map(|term| PostWalk::of(ctx, room, term)).collect();
    if walks.iter().any(|walk| !walk.is_cut) {
        walks.retain(|walk| !walk.is_cut);
    }
    walks.sort_by_key(|walk| walk.size);
    if walks[0].size <= MAX_POSTS as u64 {
        // Reading so few posts is less work than comparing them with other lists.
        walks.truncate(1);
    }
    walks
}

enum Match {
    /// A post in all lists.
    At(u64),
    /// The highest post that may be in all lists.
    Below(u64),
}

fn next_match(
    ctx: &ReducerContext,
    walks: &mut [PostWalk],
    limit: u64,
    work: &mut Work,
) -> Option<Match> {
    let mut seq = limit;
    for (index, walk) in walks.iter_mut().enumerate() {
        let next = walk.at_most(ctx, seq, &mut work.blocks)?;
        if index > 0 && next < seq {
            return Some(Match::Below(next));
        }
        seq = next;
    }
    Some(Match::At(seq))
}

/// Reads a post. Returns a hit if its current text matches.
fn read(
    ctx: &ReducerContext,
    room: u32,
    seq: u64,
    query: &Query,
    work: &mut Work,
) -> Option<SearchHit> {
    work.posts += 1;
    let post = posts::find(ctx, room, seq)?;
    work.bytes += post.text.len();
    if post.state != PostState::Normal {
        return None;
    }
    let at = query.find_in(&post.text)?;
    Some(SearchHit {
        seq,
        sender: post.sender,
        sent: post.sent,
        excerpt: excerpt(&post.text, at),
    })
}
