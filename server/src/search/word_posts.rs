//! The posts that contain a word. This file writes them; `walk` reads them, newest first.

use crate::search::store::{block_id, key_of, Store};
use crate::search::{dictionary, postings, words};
use crate::tables::search_index::{SearchBlock, SearchWord};

/// Bytes of a tail before it moves into a block. Each word of a post rewrites its row, and the
/// server's log keeps the old row and the new one: a million posts made 3 GB of log with 800 bytes,
/// 1 GB with these.
const TAIL_LENGTH: usize = 64;
/// Bytes of a full block. The server stores values above 992 bytes apart, by their hash (server
/// 1.3.0).
const BLOCK_LENGTH: usize = 800;

/// Adds posts to a word, in order. They are newer than all posts of the word so far.
pub fn append(store: &impl Store, room: u32, word: &str, posts: &[u64]) {
    let key = key_of(room, word);
    let Some(mut row) = store.word(&key) else {
        // Blocks need the id that the row gets when it is inserted: a new word has no block yet.
        store.insert_word(SearchWord {
            key,
            id: 0,
            blocks: 0,
            last: posts.last().copied().unwrap_or_default(),
            tail: postings::encode(posts),
        });
        dictionary::add(store, room, word);
        return;
    };
    for &seq in posts {
        if row.tail.len() >= TAIL_LENGTH {
            move_tail(store, &mut row);
        }
        postings::push(&mut row.tail, row.last, seq);
        row.last = seq;
    }
    store.update_word(row);
}

/// Moves the tail into the last block, or into a new one if the last is full.
fn move_tail(store: &impl Store, row: &mut SearchWord) {
    let tail = std::mem::take(&mut row.tail);
    let last = row
        .blocks
        .checked_sub(1)
        .and_then(|number| store.block(block_id(row.id, number)));
    match last {
        Some(block) if block.posts.len() + tail.len() <= BLOCK_LENGTH => {
            store.update_block(SearchBlock {
                posts: postings::join(&block.posts, &tail),
                ..block
            });
        }
        _ => {
            store.insert_block(SearchBlock {
                id: block_id(row.id, row.blocks),
                first: postings::first(&tail),
                posts: tail,
            });
            row.blocks += 1;
        }
    }
}

/// Removes a post from all its words. `text` is the text that it had until now.
pub fn remove_post(store: &impl Store, room: u32, seq: u64, text: &str) {
    for word in words::distinct_words(text) {
        remove(store, room, &word, seq);
    }
}

/// Replaces the words of a post's old text with those of its new one.
pub fn replace_text(store: &impl Store, room: u32, seq: u64, old: &str, new: &str) {
    let before = words::distinct_words(old);
    let after = words::distinct_words(new);
    for word in before.iter().filter(|word| !after.contains(word)) {
        remove(store, room, word, seq);
    }
    for word in after.iter().filter(|word| !before.contains(word)) {
        add(store, room, word, seq);
    }
}

/// Adds a post that may be older than other posts of the word.
fn add(store: &impl Store, room: u32, word: &str, seq: u64) {
    let Some(mut row) = store.word(&key_of(room, word)) else {
        append(store, room, word, &[seq]);
        return;
    };
    let in_block = block_of(store, &row, seq);
    let mut posts = postings::decode(in_block.as_ref().map_or(&row.tail, |block| &block.posts));
    let Some(index) = postings::insert_index(&posts, seq) else {
        return;
    };
    posts.insert(index, seq);
    if let Some(mut block) = in_block {
        block.first = block.first.min(seq);
        block.posts = postings::encode(&posts);
        store.update_block(block);
    } else {
        row.last = row.last.max(seq);
        row.tail = postings::encode(&posts);
        store.update_word(row);
    }
}

fn remove(store: &impl Store, room: u32, word: &str, seq: u64) {
    let Some(mut row) = store.word(&key_of(room, word)) else {
        return;
    };
    let in_block = block_of(store, &row, seq);
    let mut posts = postings::decode(in_block.as_ref().map_or(&row.tail, |block| &block.posts));
    posts.retain(|other| *other != seq);
    if let Some(mut block) = in_block {
        // An empty block keeps its number and its row.
        block.posts = postings::encode(&posts);
        store.update_block(block);
    } else if posts.is_empty() && row.blocks == 0 {
        // A word of a deleted text must not stay readable.
        store.delete_word(&row.key);
        dictionary::remove(store, room, word);
    } else {
        // The next post is encoded as its distance to the last one of the tail.
        row.last = posts.last().copied().unwrap_or(row.last);
        row.tail = postings::encode(&posts);
        store.update_word(row);
    }
}

/// Returns the block that holds or would hold a post of a word; none if the tail does.
fn block_of(store: &impl Store, row: &SearchWord, seq: u64) -> Option<SearchBlock> {
    let is_in_tail = row.blocks == 0
        || (!row.tail.is_empty() && postings::first(&row.tail) <= seq)
        || (row.tail.is_empty() && row.last < seq);
    if is_in_tail {
        return None;
    }
    let found = find_block(store, row.id, row.blocks, seq, &mut 0);
    found
        .map(|(_, block)| block)
        .or_else(|| store.block(block_id(row.id, 0)))
}

/// Returns the last of the first `count` blocks of a word that begins at or before a post, with its
/// number. Adds the number of blocks read to `reads`.
pub fn find_block(
    store: &impl Store,
    word: u64,
    count: u32,
    seq: u64,
    reads: &mut usize,
) -> Option<(u32, SearchBlock)> {
    let (mut low, mut high) = (0, count);
    let mut found = None;
    while low < high {
        // The first guess is the last block: a walk down a list needs the neighbour of the previous
        // one.
        let middle = if high == count {
            high - 1
        } else {
            low + (high - low) / 2
        };
        *reads += 1;
        let block = store.block(block_id(word, middle))?;
        if block.first <= seq {
            low = middle + 1;
            found = Some((middle, block));
        } else {
            high = middle;
        }
    }
    found
}
