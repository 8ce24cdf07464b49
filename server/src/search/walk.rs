//! Walking down the posts that have the words that are looked for, newest first.

use std::collections::BinaryHeap;

use super::posts::find_block;
use super::query::Term;
use super::store::{key_of, SearchWord, Store};
use super::{dictionary, postings};

/// Words that a prefix may stand for. There are more only where somebody typed two or three letters.
const MAX_WORDS_OF_PREFIX: usize = 256;
/// Posts of a block, for a guess at how many a word has.
const POSTS_OF_BLOCK: u64 = 400;

/// The posts that have one of some words.
pub struct Posts {
    words: Vec<WordPosts>,
    /// The newest post of each word that was not walked past, and the word's index.
    newest: BinaryHeap<(u64, usize)>,
    /// About how many there are.
    pub size: u64,
    /// Not all words that begin so were looked at.
    pub is_cut: bool,
}

impl Posts {
    /// Those with a word of `room`, or with one that begins so.
    pub fn of(store: &impl Store, room: u32, term: &Term) -> Posts {
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
        Posts {
            newest: words.iter().enumerate().map(|(index, word)| (word.last, index)).collect(),
            size: words.iter().map(|word| word.size).sum(),
            words,
            is_cut,
        }
    }

    /// The newest that is not above `limit`, which must not grow from call to call. Adds the blocks that
    /// it read to `reads`.
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

/// The posts of one word, of which one block is at hand.
struct WordPosts {
    word: u64,
    last: u64,
    size: u64,
    /// Blocks that are older than what is at hand.
    older: u32,
    at_hand: Vec<u64>,
}

impl WordPosts {
    fn new(row: SearchWord) -> WordPosts {
        let at_hand = postings::decode(&row.tail);
        WordPosts {
            word: row.id,
            last: row.last,
            size: u64::from(row.blocks) * POSTS_OF_BLOCK + at_hand.len() as u64,
            older: row.blocks,
            at_hand,
        }
    }

    fn at_most(&mut self, store: &impl Store, limit: u64, reads: &mut usize) -> Option<u64> {
        loop {
            if let Some(found) = postings::at_most(&self.at_hand, limit) {
                return Some(found);
            }
            let (number, block) = find_block(store, self.word, self.older, limit, reads)?;
            self.older = number;
            self.at_hand = postings::decode(&block.posts);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::posts::{append, forget, rewrite};
    use super::super::store::memory::Memory;
    use super::*;
    use std::collections::BTreeSet;

    const ROOM: u32 = 7;

    fn walk(store: &Memory, word: &str, is_prefix: bool, from: u64) -> Vec<u64> {
        let term = Term {
            word: word.into(),
            is_prefix,
        };
        let mut posts = Posts::of(store, ROOM, &term);
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

    /// Numbers that look random, the same each time.
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
    fn all_posts_of_a_word_are_walked_down_from_anywhere() {
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
        let found = Posts::of(&store, ROOM, &term).at_most(&store, 123_456, &mut reads);
        assert_eq!((found, reads <= 12), (Some(123_456), true));
    }

    #[test]
    fn posts_that_change_are_found_by_what_they_say_now() {
        let store = Memory::default();
        let mut dice = dice();
        let mut texts: Vec<String> = Vec::new();
        let name = |n: u64| format!("w{n}");
        for _ in 0..6_000 {
            let seq = texts.len() as u64;
            let text = format!("{} {}", name(dice(3)), name(dice(100)));
            for word in super::super::words::distinct_words(&text) {
                append(&store, ROOM, &word, &[seq]);
            }
            texts.push(text);
            let old = dice(seq + 1);
            let next = format!("{} {}", name(dice(3)), name(dice(100)));
            let text = &mut texts[old as usize];
            match dice(4) {
                0 => {
                    rewrite(&store, ROOM, old, text, &next);
                    *text = next;
                }
                1 => {
                    forget(&store, ROOM, old, text);
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
        let posts = texts.iter().enumerate().filter(|(_, text)| text.contains("w4"));
        let posts = posts.map(|(seq, _)| seq as u64).collect();
        assert_eq!(walk(&store, "w4", true, 4_000), down(&posts, 4_000));
    }

    #[test]
    fn a_word_that_nobody_says_any_more_is_gone() {
        let store = Memory::default();
        append(&store, ROOM, "secret", &[1]);
        forget(&store, ROOM, 1, "secret");
        append(&store, ROOM, "secret", &[2]);
        forget(&store, ROOM, 2, "secret");
        let words = dictionary::expand(&store, ROOM, "sec", 10).words;
        assert_eq!(
            (store.words.borrow().len(), words),
            (0, Vec::<String>::new())
        );
    }
}
