//! The word index of the search. Each function reads or writes one row by its key, so that no call
//! costs more in a long history.

use spacetimedb::{table, ReducerContext, Table};

/// A word of a room, with the newest posts that contain it.
#[table(name = search_word)]
#[derive(Clone)]
pub struct SearchWord {
    /// Room and word, by `store::key_of`.
    #[primary_key]
    pub key: String,
    /// Number in the ids of the word's blocks.
    #[auto_inc]
    pub id: u64,
    /// Number of blocks before the tail.
    pub blocks: u32,
    /// The newest post that contains or contained the word.
    pub last: u64,
    /// The newest posts, encoded by `postings`.
    pub tail: Vec<u8>,
}

/// Older posts that contain a word, a few hundred in each block.
#[table(name = search_block)]
#[derive(Clone)]
pub struct SearchBlock {
    /// The word's id and the block's number, by `store::block_id`.
    #[primary_key]
    pub id: u64,
    /// A number not above any post of this block, and above all posts of the blocks before.
    pub first: u64,
    pub posts: Vec<u8>,
}

/// The words of a room that begin alike.
#[table(name = search_prefix)]
#[derive(Clone)]
pub struct SearchPrefix {
    /// Room and beginning, by `store::key_of`.
    #[primary_key]
    pub key: String,
    /// The rest of each word of this row; empty for the beginning itself.
    pub endings: Vec<String>,
    /// Next letters of the words in rows of their own, once this row is split.
    pub branches: Option<String>,
}

/// The progress of the index in one room.
#[table(name = search_state)]
pub struct SearchState {
    #[primary_key]
    room: u32,
    /// The first post that is not indexed.
    indexed: u64,
}

/// A room with posts that are not indexed.
#[table(name = search_backlog)]
pub struct SearchBacklog {
    #[primary_key]
    room: u32,
}

pub fn word(ctx: &ReducerContext, key: &str) -> Option<SearchWord> {
    ctx.db.search_word().key().find(key.to_string())
}

pub fn insert_word(ctx: &ReducerContext, row: SearchWord) {
    ctx.db.search_word().insert(row);
}

pub fn update_word(ctx: &ReducerContext, row: SearchWord) {
    ctx.db.search_word().key().update(row);
}

pub fn delete_word(ctx: &ReducerContext, key: &str) {
    ctx.db.search_word().key().delete(key.to_string());
}

pub fn block(ctx: &ReducerContext, id: u64) -> Option<SearchBlock> {
    ctx.db.search_block().id().find(id)
}

pub fn insert_block(ctx: &ReducerContext, row: SearchBlock) {
    ctx.db.search_block().insert(row);
}

pub fn update_block(ctx: &ReducerContext, row: SearchBlock) {
    ctx.db.search_block().id().update(row);
}

pub fn prefix(ctx: &ReducerContext, key: &str) -> Option<SearchPrefix> {
    ctx.db.search_prefix().key().find(key.to_string())
}

pub fn insert_prefix(ctx: &ReducerContext, row: SearchPrefix) {
    ctx.db.search_prefix().insert(row);
}

pub fn update_prefix(ctx: &ReducerContext, row: SearchPrefix) {
    ctx.db.search_prefix().key().update(row);
}

/// Returns the first post of a room that is not indexed; none if the index doesn't know the room.
pub fn progress(ctx: &ReducerContext, room: u32) -> Option<u64> {
    let state = ctx.db.search_state().room().find(room);
    state.map(|state| state.indexed)
}

/// Counts the rooms that the index knows.
pub fn count_rooms(ctx: &ReducerContext) -> u64 {
    ctx.db.search_state().count()
}

pub fn set_progress(ctx: &ReducerContext, room: u32, indexed: u64) {
    let states = ctx.db.search_state();
    let state = SearchState { room, indexed };
    if states.room().find(room).is_some() {
        states.room().update(state);
    } else {
        states.insert(state);
    }
}

/// Returns the rooms with posts that are not indexed.
pub fn backlog(ctx: &ReducerContext) -> impl Iterator<Item = u32> + use<'_> {
    ctx.db.search_backlog().iter().map(|row| row.room)
}

pub fn has_backlog(ctx: &ReducerContext) -> bool {
    ctx.db.search_backlog().count() > 0
}

pub fn is_in_backlog(ctx: &ReducerContext, room: u32) -> bool {
    ctx.db.search_backlog().room().find(room).is_some()
}

pub fn insert_backlog(ctx: &ReducerContext, room: u32) {
    ctx.db.search_backlog().insert(SearchBacklog { room });
}

pub fn delete_backlog(ctx: &ReducerContext, room: u32) {
    ctx.db.search_backlog().room().delete(room);
}
