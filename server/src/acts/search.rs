//! The reducer that searches a room.

use spacetimedb::{reducer, ReducerContext};

use crate::rules::limits::{MAX_SEARCH_LENGTH, MAX_SEARCH_WORDS};
use crate::rules::{guard, rate};
use crate::search::find::{find, Found};
use crate::search::index;
use crate::search::query::Query;
use crate::tables::rooms;
use crate::tables::search_results::{self, SearchResult};

/// Searches a public room for posts that contain all words of `text`. The last word may be the
/// beginning of one. The answer is the caller's row of `search_result`: the newest hits, or the
/// newest below `before_seq`.
#[reducer]
pub fn search(
    ctx: &ReducerContext,
    room: u32,
    query_id: u64,
    text: String,
    before_seq: Option<u64>,
) -> Result<(), String> {
    guard::require_free(ctx)?;
    if !rooms::exists(ctx, room) {
        return Err("room: There is no such room".into());
    }
    rate::spend_search(ctx)?;
    let query = read_query(&text)?;
    let is_catching_up = !index::catch_up(ctx, room);
    let Found {
        hits,
        older,
        is_cut,
    } = find(ctx, room, &query, before_seq);
    let result = SearchResult {
        asker: ctx.sender,
        room,
        query_id,
        hits,
        older,
        is_catching_up,
        is_cut,
    };
    search_results::save(ctx, result);
    Ok(())
}

fn read_query(text: &str) -> Result<Query, String> {
    if text.chars().count() > MAX_SEARCH_LENGTH {
        return Err(format!(
            "search: A search must not be longer than {MAX_SEARCH_LENGTH} characters"
        ));
    }
    let query = Query::new(text);
    if query.terms.is_empty() {
        return Err("search: Type a word to search for".into());
    }
    if query.terms.len() > MAX_SEARCH_WORDS {
        return Err(format!(
            "search: Type at most {MAX_SEARCH_WORDS} words to search for"
        ));
    }
    Ok(query)
}
