//! The walk down the posts that contain a word of a search, newest first.

use std::collections::BinaryHeap;

use crate::search::query::Term;
use crate::search::store::{key_of, Store};
use crate::search::word_posts::find_block;
use crate::search::{dictionary, postings};
use crate::tables::search_index::SearchWord;

/// Words that a prefix may expand to. Only a prefix of two or three letters has more.
const MAX_WORDS_OF_PREFIX: usize = 256;
/// Posts of a block, to estimate the posts of a word.
const POSTS_OF_BLOCK: u64 = 400;

/// The posts that contain a word, or one of the words with a prefix.
pub struct PostWalk {
    words: Vec<WordPosts>,
    /// The newest post of each word that the walk has not passed, with the word's index.
    newest: BinaryHeap<(u64, usize)>,
    /// Estimated number of posts.
    pub size: u64,
    /// True if more words begin with the prefix than the walk includes.
    pub is_cut: bool,
}

impl PostWalk {
    /// Begins a walk down the posts of `room` that match `term`.
    pub fn of(store: &impl Store, room: u32, term: &Term) -> PostWalk {
        let (names, is_cut) = if term.is_prefix {
            let found = dictionary::expand(store, room, &term.word, MAX_WORDS_OF_PREFIX);
            (found.words, found.is_cut)
        } else {
            (vec![term.word.clone()], false)
        };
        let words: Vec<WordPosts> = names
            .iter()
            .filter_map(|name| store.word(&key_of(room, name)))
            .map(WordPosts::new)
            .collect();
        PostWalk {
            newest: words
                .iter()
                .enumerate()
                .map(|(index, word)| (word.last, index))
                .collect(),
            size: words.iter().map(|word| word.size).sum(),
            words,
            is_cut,
        }
    }

    /// Returns the newest post that is not above `limit`, which must not grow from call to call.
    /// Adds the number of blocks read to `reads`.
    pub fn at_most(&mut self, store: &impl Store, limit: u64, reads: &mut usize) -> Option<u64> {
        while let Some((newest, index)) = self.newest.peek().copied() {
            if newest <= limit {
                return Some(newest);
            }
            self.newest.pop();
            if let Some(older) = self.words[index].at_most(store, limit, reads) {
                self.newest.push((older, index));
            }
        }
        None
    }
}

/// The posts of one word, of which one block is loaded.
struct WordPosts {
    word: u64,
    last: u64,
    size: u64,
    /// Number of blocks older than the loaded one.
    older: u32,
    loaded: Vec<u64>,
}

impl WordPosts {
    fn new(row: SearchWord) -> WordPosts {
        let loaded = postings::decode(&row.tail);
        WordPosts {
            word: row.id,
            last: row.last,
            size: u64::from(row.blocks) * POSTS_OF_BLOCK + loaded.len() as u64,
            older: row.blocks,
            loaded,
        }
    }

    fn at_most(&mut self, store: &impl Store, limit: u64, reads: &mut usize) -> Option<u64> {
        loop {
            if let Some(found) = postings::at_most(&self.loaded, limit) {
                return Some(found);
            }
            let (number, block) = find_block(store, self.word, self.older, limit, reads)?;
            self.older = number;
            self.loaded = postings::decode(&block.posts);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::search::store::memory::Memory;
    use crate::search::word_posts::{append, remove_post, replace_text};
    use crate::search::words::distinct_words;
    use std::collections::BTreeSet;

    const ROOM: u32 = 7;

    fn walk(store: &Memory, word: &str, is_prefix: bool, from: u64) -> Vec<u64> {
        let term = Term {
            word: word.into(),
            is_prefix,
        };
        let mut posts = PostWalk::of(store, ROOM, &term);
        let mut limit = Some(from);
        let mut found = Vec::new();
        while let Some(seq) = limit.and_then(|limit| posts.at_most(store, limit, &mut 0)) {
            found.push(seq);
            limit = seq.checked_sub(1);
        }
        found
    }

    fn down(posts: &BTreeSet<u64>, from: u64) -> Vec<u64> {
        posts.range(..=from).rev().copied().collect()
    }

    /// Returns numbers that look random, the same in each run.
    fn dice() -> impl FnMut(u64) -> u64 {
        let mut state = 1u64;
        move |sides| {
            state = state
                .wrapping_mul(6_364_136_223_846_793_005)
                .wrapping_add(1_442_695_040_888_963_407);
            (state >> 33) % sides
        }
    }

    #[test]
    fn a_walk_from_any_post_passes_all_older_posts_of_a_word() {
        let store = Memory::default();
        let posts: BTreeSet<u64> = (0..20_000).map(|n| n * 3).collect();
        for step in posts.iter().copied().collect::<Vec<_>>().chunks(128) {
            append(&store, ROOM, "word", step);
        }
        for from in [0, 1, 2_999, 30_000, 59_997, u64::MAX] {
            assert_eq!(walk(&store, "word", false, from), down(&posts, from));
        }
    }

    #[test]
    fn a_jump_to_the_middle_reads_few_blocks() {
        let store = Memory::default();
        append(&store, ROOM, "word", &[0]);
        for step in (1..400_000).collect::<Vec<u64>>().chunks(128) {
            append(&store, ROOM, "word", step);
        }
        let term = Term {
            word: "word".into(),
            is_prefix: false,
        };
        let mut reads = 0;
        let found = PostWalk::of(&store, ROOM, &term).at_most(&store, 123_456, &mut reads);
        assert_eq!((found, reads <= 12), (Some(123_456), true));
    }

    #[test]
    fn edited_posts_are_found_by_their_current_words() {
        let store = Memory::default();
        let mut dice = dice();
        let mut texts: Vec<String> = Vec::new();
        let name = |n: u64| format!("w{n}");
        for _ in 0..6_000 {
            let seq = texts.len() as u64;
            let text = format!("{} {}", name(dice(3)), name(dice(100)));
            for word in distinct_words(&text) {
                append(&store, ROOM, &word, &[seq]);
            }
            texts.push(text);
            let old = dice(seq + 1);
            let next = format!("{} {}", name(dice(3)), name(dice(100)));
            let text = &mut texts[old as usize];
            match dice(4) {
                0 => {
                    replace_text(&store, ROOM, old, text, &next);
                    *text = next;
                }
                1 => {
                    remove_post(&store, ROOM, old, text);
                    text.clear();
                }
                _ => {}
            }
        }
        for word in ["w0", "w2", "w42", "w99"] {
            let says = |text: &String| text.split(' ').any(|other| other == word);
            let posts = texts.iter().enumerate().filter(|(_, text)| says(text));
            let posts = posts.map(|(seq, _)| seq as u64).collect();
            assert_eq!(walk(&store, word, false, u64::MAX), down(&posts, u64::MAX));
        }
        let posts = texts
            .iter()
            .enumerate()
            .filter(|(_, text)| text.contains("w4"));
        let posts = posts.map(|(seq, _)| seq as u64).collect();
        assert_eq!(walk(&store, "w4", true, 4_000), down(&posts, 4_000));
    }

    #[test]
    fn a_word_without_posts_is_deleted() {
        let store = Memory::default();
        append(&store, ROOM, "secret", &[1]);
        remove_post(&store, ROOM, 1, "secret");
        append(&store, ROOM, "secret", &[2]);
        remove_post(&store, ROOM, 2, "secret");
        let words = dictionary::expand(&store, ROOM, "sec", 10).words;
        assert_eq!(
            (store.words.borrow().len(), words),
            (0, Vec::<String>::new())
        );
    }
}
