//! The words of a room by their beginning. The server reads a whole range of an index before a
//! module sees its first row (server 1.3.0), and a range of words may hold a million. So the words
//! that begin alike share one row, and a row with too many words is split by the next letter.

use std::collections::VecDeque;

use crate::search::store::{key_of, Store};
use crate::tables::search_index::SearchPrefix;

/// Words of a row that is not split.
const MAX_ENDINGS: usize = 64;
/// Rows that one prefix may read.
const MAX_ROWS: usize = 256;

/// Words that begin with a prefix.
pub struct Expansion {
    pub words: Vec<String>,
    /// True if there are more than the limit.
    pub is_cut: bool,
}

/// Adds a word that the dictionary does not have.
pub fn add(store: &impl Store, room: u32, word: &str) {
    for (beginning, ending) in splits(word) {
        let key = key_of(room, beginning);
        let Some(mut row) = store.prefix(&key) else {
            store.insert_prefix(leaf(key, vec![ending.into()]));
            return;
        };
        match (&mut row.branches, ending.chars().next()) {
            (Some(branches), Some(letter)) => {
                if !branches.contains(letter) {
                    branches.push(letter);
                    store.update_prefix(row);
                }
            }
            _ => {
                row.endings.push(ending.into());
                if row.endings.len() > MAX_ENDINGS && row.branches.is_none() {
                    split(store, &mut row);
                }
                store.update_prefix(row);
                return;
            }
        }
    }
}

/// Removes a word.
pub fn remove(store: &impl Store, room: u32, word: &str) {
    for (beginning, ending) in splits(word) {
        let Some(mut row) = store.prefix(&key_of(room, beginning)) else {
            return;
        };
        if let Some(index) = row.endings.iter().position(|other| other == ending) {
            row.endings.swap_remove(index);
            store.update_prefix(row);
            return;
        }
    }
}

/// Returns at most `limit` words that begin with `prefix`, the shorter ones first if there are
/// many.
pub fn expand(store: &impl Store, room: u32, prefix: &str, limit: usize) -> Expansion {
    let mut words = Vec::new();
    let mut waiting = VecDeque::new();
    for (beginning, ending) in splits(prefix) {
        let Some(row) = store.prefix(&key_of(room, beginning)) else {
            break;
        };
        if ending.is_empty() || row.branches.is_none() {
            let begins = |word: &String| word.starts_with(prefix);
            words.extend(
                row.endings
                    .iter()
                    .map(|e| format!("{beginning}{e}"))
                    .filter(begins),
            );
        }
        if ending.is_empty() {
            let letters = row.branches.unwrap_or_default();
            waiting.extend(letters.chars().map(|letter| format!("{beginning}{letter}")));
        }
    }
    let mut read = 0;
    while let Some(beginning) = waiting.pop_front() {
        if words.len() > limit || read == MAX_ROWS {
            words.truncate(limit);
            return Expansion {
                words,
                is_cut: true,
            };
        }
        read += 1;
        if let Some(row) = store.prefix(&key_of(room, &beginning)) {
            words.extend(
                row.endings
                    .iter()
                    .map(|ending| format!("{beginning}{ending}")),
            );
            let letters = row.branches.unwrap_or_default();
            waiting.extend(letters.chars().map(|letter| format!("{beginning}{letter}")));
        }
    }
    let is_cut = words.len() > limit;
    words.truncate(limit);
    Expansion { words, is_cut }
}

fn leaf(key: String, endings: Vec<String>) -> SearchPrefix {
    SearchPrefix {
        key,
        endings,
        branches: None,
    }
}

/// Moves the endings of a row into rows of their own, by their first letter.
fn split(store: &impl Store, row: &mut SearchPrefix) {
    let mut branches = String::new();
    let mut kept = Vec::new();
    let mut moved: Vec<SearchPrefix> = Vec::new();
    for ending in std::mem::take(&mut row.endings) {
        let Some(letter) = ending.chars().next() else {
            kept.push(ending);
            continue;
        };
        let key = format!("{}{letter}", row.key);
        let rest = ending[letter.len_utf8()..].to_string();
        match moved.iter_mut().find(|row| row.key == key) {
            Some(row) => row.endings.push(rest),
            None => {
                branches.push(letter);
                moved.push(leaf(key, vec![rest]));
            }
        }
    }
    row.endings = kept;
    row.branches = Some(branches);
    for row in moved {
        store.insert_prefix(row);
    }
}

/// Splits a word at each letter into beginning and ending, the shortest beginning first.
fn splits(word: &str) -> impl Iterator<Item = (&str, &str)> {
    let ends = word.char_indices().map(|(at, c)| at + c.len_utf8());
    ends.map(|end| word.split_at(end))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::search::store::memory::Memory;

    fn filled(words: impl IntoIterator<Item = String>) -> Memory {
        let store = Memory::default();
        for word in words {
            add(&store, 1, &word);
        }
        store
    }

    fn expanded(store: &Memory, prefix: &str) -> Vec<String> {
        let mut words = expand(store, 1, prefix, 100_000).words;
        words.sort();
        words
    }

    #[test]
    fn a_prefix_expands_to_all_words_that_begin_with_it() {
        let words: Vec<String> = (0..3_000).map(|n| format!("{n}")).collect();
        let store = filled(words.clone());
        for prefix in ["", "1", "29", "299", "2999", "5", "x", "29999"] {
            let mut expected: Vec<String> = words.clone();
            expected.retain(|word| !prefix.is_empty() && word.starts_with(prefix));
            expected.sort();
            assert_eq!(expanded(&store, prefix), expected, "{prefix}");
        }
    }

    #[test]
    fn an_expansion_has_no_words_of_another_room() {
        let store = filled(["same".into()]);
        add(&store, 11, "sample");
        assert_eq!(expanded(&store, "sam"), ["same"]);
    }

    #[test]
    fn a_removed_word_is_not_found_in_a_split_row_or_a_whole_one() {
        let store = filled((0..200).map(|n| format!("w{n}")));
        for word in ["w7", "w77", "w177"] {
            remove(&store, 1, word);
        }
        assert_eq!(
            [expanded(&store, "w7").len(), expanded(&store, "w17").len()],
            [9, 10]
        );
    }

    #[test]
    fn an_expansion_stops_at_its_limit() {
        let store = filled((0..2_000).map(|n| format!("w{n}")));
        let Expansion { words, is_cut } = expand(&store, 1, "w", 100);
        assert_eq!((words.len(), is_cut), (100, true));
    }
}
