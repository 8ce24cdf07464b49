//! The index of the posts of public rooms. It is private and written after the fact: a new post
//! only adds its room to the backlog, and a timer indexes a few posts at a time.

use std::collections::BTreeMap;
use std::time::Duration;

use spacetimedb::{ReducerContext, Timestamp};

use crate::ids::page_of;
use crate::search::{word_posts, words};
use crate::tables::posts::{self, PostState};
use crate::tables::timers::{self, SearchTimer};
use crate::tables::{rooms, search_index};

/// Wait from the first post of a backlog to its first step. The step includes posts sent meanwhile,
/// and writes a word that they repeat once.
const DELAY: Duration = Duration::from_secs(1);
/// Wait between two steps of a backlog, in which people can send.
const PAUSE: Duration = Duration::from_millis(5);
/// The same wait in a flood, when people notice each step. The index may fall behind then.
const LONG_PAUSE: Duration = Duration::from_millis(30);
const MANY_POSTS_A_SECOND: u64 = 500;
/// Posts and words of one step. It delays senders for 4 ms (measured), so it ends at the first of
/// these.
const STEP_POSTS: u64 = 64;
const STEP_WORDS: usize = 600;
/// Posts that a search indexes itself, so that it finds the newest ones, and steps that it may
/// take.
const LATEST_POSTS: u64 = 2 * STEP_POSTS;
const LATEST_STEPS: usize = 3;

/// Adds a room with a new post to the backlog.
pub fn add_to_backlog(ctx: &ReducerContext, room: u32) {
    if search_index::is_in_backlog(ctx, room) {
        return;
    }
    search_index::insert_backlog(ctx, room);
    if !timers::has_search(ctx) {
        start_timer(ctx, DELAY);
    }
}

/// Continues with the backlog, and adds rooms that are older than the index. Costs nothing without
/// any.
pub fn resume(ctx: &ReducerContext) {
    if search_index::count_rooms(ctx) < rooms::count(ctx) {
        for room in rooms::all(ctx) {
            if search_index::progress(ctx, room.id).is_none() {
                search_index::set_progress(ctx, room.id, 0);
                if rooms::next_seq(ctx, room.id) > 0 {
                    add_to_backlog(ctx, room.id);
                }
            }
        }
    }
    if search_index::has_backlog(ctx) && !timers::has_search(ctx) {
        start_timer(ctx, DELAY);
    }
}

/// Indexes the next posts of the backlog. The timer that has just run calls this.
pub fn run_step(ctx: &ReducerContext) {
    // The server deletes the row of a timer after its reducer (server 1.3.0). A post that found the
    // row meanwhile would take it for a timer that is going to run.
    let mut pause = PAUSE;
    for timer in timers::take_search(ctx) {
        if posts_a_second(ctx, &timer) > MANY_POSTS_A_SECOND {
            pause = LONG_PAUSE;
        }
    }
    // The room with the fewest posts left comes first, so that a long backlog delays no other room.
    let shortest = search_index::backlog(ctx).min_by_key(|room| posts_left(ctx, *room));
    if let Some(room) = shortest {
        step(ctx, room);
    }
    if search_index::has_backlog(ctx) {
        start_timer(ctx, pause);
    }
}

/// Indexes the newest posts of a room if few are left. Returns whether the whole room is indexed.
pub fn catch_up(ctx: &ReducerContext, room: u32) -> bool {
    for _ in 0..LATEST_STEPS {
        match posts_left(ctx, room) {
            0 => return true,
            1..=LATEST_POSTS => step(ctx, room),
            _ => return false,
        }
    }
    posts_left(ctx, room) == 0
}

/// Removes a post from the index. `text` is the text that it had until now.
pub fn remove_post(ctx: &ReducerContext, room: u32, seq: u64, text: &str) {
    if seq < indexed(ctx, room) {
        word_posts::remove_post(ctx, room, seq, text);
    }
}

/// Replaces the words of a post's old text with those of its new one.
pub fn replace_text(ctx: &ReducerContext, room: u32, seq: u64, old: &str, new: &str) {
    if seq < indexed(ctx, room) {
        word_posts::replace_text(ctx, room, seq, old, new);
    }
}

fn posts_a_second(ctx: &ReducerContext, timer: &SearchTimer) -> u64 {
    let micros = |time: Timestamp| time.to_micros_since_unix_epoch();
    let elapsed = (micros(ctx.timestamp) - micros(timer.since)).max(1) as u64;
    posts::count(ctx).saturating_sub(timer.posts) * 1_000_000 / elapsed
}

fn posts_left(ctx: &ReducerContext, room: u32) -> u64 {
    rooms::next_seq(ctx, room) - indexed(ctx, room)
}

/// Indexes the next posts of a room, up to the size of a step.
fn step(ctx: &ReducerContext, room: u32) {
    let from = indexed(ctx, room);
    let next = rooms::next_seq(ctx, room);
    let (found, to) = collect(ctx, room, from, next.min(from + STEP_POSTS));
    for (word, seqs) in found {
        word_posts::append(ctx, room, &word, &seqs);
    }
    search_index::set_progress(ctx, room, to);
    if to == next {
        search_index::delete_backlog(ctx, room);
    }
}

fn start_timer(ctx: &ReducerContext, wait: Duration) {
    timers::start_search(ctx, ctx.timestamp + wait, posts::count(ctx));
}

/// Returns the first post of a room that is not indexed.
fn indexed(ctx: &ReducerContext, room: u32) -> u64 {
    search_index::progress(ctx, room).unwrap_or(0)
}

/// Returns the words of posts in `from..to`, each with its posts, and the post before which it
/// stopped.
fn collect(
    ctx: &ReducerContext,
    room: u32,
    from: u64,
    to: u64,
) -> (BTreeMap<String, Vec<u64>>, u64) {
    let mut found: BTreeMap<String, Vec<u64>> = BTreeMap::new();
    if from == to {
        return (found, to);
    }
    for page in page_of(room, from)..=page_of(room, to - 1) {
        let mut posts: Vec<_> = posts::on_page(ctx, page).collect();
        posts.retain(|post| (from..to).contains(&post.seq) && post.state == PostState::Normal);
        posts.sort_by_key(|post| post.seq);
        for post in posts {
            if found.len() >= STEP_WORDS {
                return (found, post.seq);
            }
            for word in words::distinct_words(&post.text) {
                found.entry(word).or_default().push(post.seq);
            }
        }
    }
    (found, to)
}
