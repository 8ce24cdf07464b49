//! The answers to searches. Each person has one row, which nobody else sees.

use spacetimedb::{
    client_visibility_filter, table, Filter, Identity, ReducerContext, SpacetimeType, Table,
    Timestamp,
};

/// A post that a search found.
#[derive(SpacetimeType, Clone)]
pub struct SearchHit {
    pub seq: u64,
    pub sender: Identity,
    pub sent: Timestamp,
    /// One line around the first word found, at most `MAX_SEARCH_EXCERPT_LENGTH` UTF-16 units.
    pub excerpt: String,
}

/// The answer to a person's last search. Deleted when the person's last connection closes.
#[table(name = search_result, public)]
pub struct SearchResult {
    #[primary_key]
    pub asker: Identity,
    pub room: u32,
    /// Number that the asker gave the search.
    pub query_id: u64,
    /// Hits, newest first.
    pub hits: Vec<SearchHit>,
    /// The `before_seq` of the next search, if there may be older hits.
    pub older: Option<u64>,
    /// True while part of the room is not indexed: newer posts may be missing.
    pub is_catching_up: bool,
    /// True if more words begin like the last one than the search looked for.
    pub is_cut: bool,
}

#[client_visibility_filter]
const OWN_RESULT: Filter = Filter::Sql("SELECT * FROM search_result WHERE asker = :sender");

/// Stores an answer, in place of the asker's earlier one.
pub fn save(ctx: &ReducerContext, result: SearchResult) {
    let results = ctx.db.search_result();
    results.asker().delete(result.asker);
    results.insert(result);
}

pub fn delete(ctx: &ReducerContext, asker: Identity) {
    ctx.db.search_result().asker().delete(asker);
}
