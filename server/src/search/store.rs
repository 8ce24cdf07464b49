//! The rows of the index by their keys: in the database, or in memory for tests.

use spacetimedb::ReducerContext;

use crate::tables::search_index::{self, SearchBlock, SearchPrefix, SearchWord};

/// Low bits of a block's id, which hold its number in its word.
const BLOCK_BITS: u32 = 24;

/// Returns the key of a word. Rooms never share a row.
pub fn key_of(room: u32, word: &str) -> String {
    format!("{room}/{word}")
}

pub fn block_id(word: u64, number: u32) -> u64 {
    word << BLOCK_BITS | u64::from(number)
}

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
        search_index::word(self, key)
    }
    fn insert_word(&self, row: SearchWord) {
        search_index::insert_word(self, row);
    }
    fn update_word(&self, row: SearchWord) {
        search_index::update_word(self, row);
    }
    fn delete_word(&self, key: &str) {
        search_index::delete_word(self, key);
    }
    fn block(&self, id: u64) -> Option<SearchBlock> {
        search_index::block(self, id)
    }
    fn insert_block(&self, row: SearchBlock) {
        search_index::insert_block(self, row);
    }
    fn update_block(&self, row: SearchBlock) {
        search_index::update_block(self, row);
    }
    fn prefix(&self, key: &str) -> Option<SearchPrefix> {
        search_index::prefix(self, key)
    }
    fn insert_prefix(&self, row: SearchPrefix) {
        search_index::insert_prefix(self, row);
    }
    fn update_prefix(&self, row: SearchPrefix) {
        search_index::update_prefix(self, row);
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

    /// Writes a row. Panics as the database does if the row exists or is missing against
    /// expectation.
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
