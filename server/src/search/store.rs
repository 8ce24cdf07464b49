//! The index's tables, and what is done with their rows one at a time: each by its key, so that no call
//! costs more in a long history.

use spacetimedb::{table, ReducerContext, Table};

/// Blocks of a word are numbered in the low bits of their id.
const BLOCK_BITS: u32 = 24;

/// A word of a room, with the newest posts that have it.
#[table(name = search_word)]
#[derive(Clone)]
pub struct SearchWord {
    /// See `key_of`.
    #[primary_key]
    pub key: String,
    /// Of its blocks.
    #[auto_inc]
    pub id: u64,
    /// How many blocks come before the tail.
    pub blocks: u32,
    /// The newest post that has the word, or had it.
    pub last: u64,
    /// The newest posts, encoded by `postings`.
    pub tail: Vec<u8>,
}

/// Older posts that have a word, a few hundred each.
#[table(name = search_block)]
#[derive(Clone)]
pub struct SearchBlock {
    /// The word's id and the block's number, by `block_id`.
    #[primary_key]
    pub id: u64,
    /// Not above any post of this block, and above all of those before.
    pub first: u64,
    pub posts: Vec<u8>,
}

/// The words of a room that begin alike.
#[table(name = search_prefix)]
#[derive(Clone)]
pub struct SearchPrefix {
    /// The room and the beginning, by `key_of`.
    #[primary_key]
    pub key: String,
    /// What follows, of each word that is kept here; empty for the beginning itself.
    pub endings: Vec<String>,
    /// The letters that words in rows of their own go on with, once this row was split.
    pub branches: Option<String>,
}

/// Rooms never share a word.
pub fn key_of(room: u32, word: &str) -> String {
    format!("{room}/{word}")
}

pub fn block_id(word: u64, number: u32) -> u64 {
    word << BLOCK_BITS | u64::from(number)
}

/// Where the index is kept: in the database, or in memory for tests.
pub trait Store {
    fn word(&self, key: &str) -> Option<SearchWord>;
    /// Gives the row an id.
    fn insert_word(&self, row: SearchWord);
    fn update_word(&self, row: SearchWord);
    fn delete_word(&self, key: &str);
    fn block(&self, id: u64) -> Option<SearchBlock>;
    fn insert_block(&self, row: SearchBlock);
    fn update_block(&self, row: SearchBlock);
    fn prefix(&self, key: &str) -> Option<SearchPrefix>;
    fn insert_prefix(&self, row: SearchPrefix);
    fn update_prefix(&self, row: SearchPrefix);
}

impl Store for ReducerContext {
    fn word(&self, key: &str) -> Option<SearchWord> {
        self.db.search_word().key().find(key.to_string())
    }
    fn insert_word(&self, row: SearchWord) {
        self.db.search_word().insert(row);
    }
    fn update_word(&self, row: SearchWord) {
        self.db.search_word().key().update(row);
    }
    fn delete_word(&self, key: &str) {
        self.db.search_word().key().delete(key.to_string());
    }
    fn block(&self, id: u64) -> Option<SearchBlock> {
        self.db.search_block().id().find(id)
    }
    fn insert_block(&self, row: SearchBlock) {
        self.db.search_block().insert(row);
    }
    fn update_block(&self, row: SearchBlock) {
        self.db.search_block().id().update(row);
    }
    fn prefix(&self, key: &str) -> Option<SearchPrefix> {
        self.db.search_prefix().key().find(key.to_string())
    }
    fn insert_prefix(&self, row: SearchPrefix) {
        self.db.search_prefix().insert(row);
    }
    fn update_prefix(&self, row: SearchPrefix) {
        self.db.search_prefix().key().update(row);
    }
}

#[cfg(test)]
pub mod memory {
    use super::*;
    use std::cell::{Cell, RefCell};
    use std::collections::BTreeMap;

    /// An index without a database.
    #[derive(Default)]
    pub struct Memory {
        pub words: RefCell<BTreeMap<String, SearchWord>>,
        blocks: RefCell<BTreeMap<u64, SearchBlock>>,
        prefixes: RefCell<BTreeMap<String, SearchPrefix>>,
        last_id: Cell<u64>,
    }

    /// A row whose key is there, or is not there, is a mistake that the database would answer with a panic.
    fn put<K: Ord, R>(rows: &RefCell<BTreeMap<K, R>>, key: K, row: R, is_there: bool) {
        assert_eq!(rows.borrow_mut().insert(key, row).is_some(), is_there);
    }

    impl Store for Memory {
        fn word(&self, key: &str) -> Option<SearchWord> {
            self.words.borrow().get(key).cloned()
        }
        fn insert_word(&self, mut row: SearchWord) {
            self.last_id.set(self.last_id.get() + 1);
            row.id = self.last_id.get();
            put(&self.words, row.key.clone(), row, false);
        }
        fn update_word(&self, row: SearchWord) {
            put(&self.words, row.key.clone(), row, true);
        }
        fn delete_word(&self, key: &str) {
            assert!(self.words.borrow_mut().remove(key).is_some());
        }
        fn block(&self, id: u64) -> Option<SearchBlock> {
            self.blocks.borrow().get(&id).cloned()
        }
        fn insert_block(&self, row: SearchBlock) {
            put(&self.blocks, row.id, row, false);
        }
        fn update_block(&self, row: SearchBlock) {
            put(&self.blocks, row.id, row, true);
        }
        fn prefix(&self, key: &str) -> Option<SearchPrefix> {
            self.prefixes.borrow().get(key).cloned()
        }
        fn insert_prefix(&self, row: SearchPrefix) {
            put(&self.prefixes, row.key.clone(), row, false);
        }
        fn update_prefix(&self, row: SearchPrefix) {
            put(&self.prefixes, row.key.clone(), row, true);
        }
    }
}
