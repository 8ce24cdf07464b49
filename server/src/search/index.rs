//! Which posts have which words. Private, and written behind the senders' backs: a post only says that
//! there is something to do, and a timer does it a few posts at a time.

use std::collections::BTreeMap;
use std::time::Duration;

use spacetimedb::{reducer, table, ReducerContext, ScheduleAt, Table};

use super::{posts, words};
use crate::post::{page_of, post, PostState};
use crate::presence::require_module;
use crate::room::{room, room_counter};

/// From the first post that is not indexed to the step that does. What is said meanwhile goes along.
const DELAY: Duration = Duration::from_millis(200);
/// Between two steps while there is more to do: senders come in between.
const PAUSE: Duration = Duration::from_millis(10);
/// A step holds up whoever sends meanwhile, so it ends at the first of these.
pub const STEP_POSTS: u64 = 128;
const STEP_WORDS: usize = 1_000;
/// How far a room is indexed.
#[table(name = search_state)]
pub struct SearchState {
    #[primary_key]
    room: u32,
    /// Posts below this number are.
    indexed: u64,
}

/// Rooms in which something is not indexed yet.
#[table(name = search_backlog)]
pub struct SearchBacklog {
    #[primary_key]
    room: u32,
}

#[table(name = search_timer, scheduled(index_posts))]
pub struct SearchTimer {
    #[primary_key]
    #[auto_inc]
    id: u64,
    scheduled_at: ScheduleAt,
}

/// There is a post in a room that is not indexed.
pub fn note(ctx: &ReducerContext, room: u32) {
    let backlog = ctx.db.search_backlog();
    if backlog.room().find(room).is_some() {
        return;
    }
    backlog.insert(SearchBacklog { room });
    if ctx.db.search_timer().count() == 0 {
        start_timer(ctx, DELAY);
    }
}

/// Goes on with what was begun, and begins with rooms that are older than the index. Costs nothing when
/// there are none.
pub fn wake(ctx: &ReducerContext) {
    let states = ctx.db.search_state();
    if states.count() < ctx.db.room().count() {
        for room in ctx.db.room().iter() {
            if states.room().find(room.id).is_none() {
                states.insert(SearchState {
                    room: room.id,
                    indexed: 0,
                });
                if next_seq(ctx, room.id) > 0 {
                    note(ctx, room.id);
                }
            }
        }
    }
    if ctx.db.search_backlog().count() > 0 && ctx.db.search_timer().count() == 0 {
        start_timer(ctx, DELAY);
    }
}

/// Any client may call a scheduled reducer: only the module itself may, and the row is not looked at.
#[reducer]
pub fn index_posts(ctx: &ReducerContext, _timer: SearchTimer) -> Result<(), String> {
    require_module(ctx)?;
    // The server deletes the row that has run only after this reducer (server 1.3.0). Were it still there
    // meanwhile, a post would take it for one that is going to run.
    let timers = ctx.db.search_timer();
    for timer in timers.iter() {
        timers.id().delete(timer.id);
    }
    let waiting = ctx.db.search_backlog().iter();
    // The shortest first: a room that is far behind must not hold up the others.
    let shortest = waiting.map(|row| row.room).min_by_key(|room| behind(ctx, *room));
    if let Some(room) = shortest {
        step(ctx, room);
    }
    if ctx.db.search_backlog().count() > 0 {
        start_timer(ctx, PAUSE);
    }
    Ok(())
}

/// How many posts of a room are not indexed.
pub fn behind(ctx: &ReducerContext, room: u32) -> u64 {
    next_seq(ctx, room) - indexed(ctx, room)
}

/// Indexes the next posts of a room, as many as a step may have.
pub fn step(ctx: &ReducerContext, room: u32) {
    let from = indexed(ctx, room);
    let next = next_seq(ctx, room);
    let (found, to) = collect(ctx, room, from, next.min(from + STEP_POSTS));
    for (word, seqs) in found {
        posts::append(ctx, room, &word, &seqs);
    }
    let states = ctx.db.search_state();
    let state = SearchState { room, indexed: to };
    if states.room().find(room).is_some() {
        states.room().update(state);
    } else {
        states.insert(state);
    }
    if to == next {
        ctx.db.search_backlog().room().delete(room);
    }
}

fn start_timer(ctx: &ReducerContext, wait: Duration) {
    ctx.db.search_timer().insert(SearchTimer {
        id: 0,
        scheduled_at: ScheduleAt::Time(ctx.timestamp + wait),
    });
}

/// Posts of a room below this number are indexed.
pub fn indexed(ctx: &ReducerContext, room: u32) -> u64 {
    let state = ctx.db.search_state().room().find(room);
    state.map_or(0, |state| state.indexed)
}

fn next_seq(ctx: &ReducerContext, room: u32) -> u64 {
    let counter = ctx.db.room_counter().room().find(room);
    counter.map_or(0, |counter| counter.next_seq)
}

/// The words of posts in `from..to` with the numbers of the posts; and the post before which it stopped.
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
        let mut posts: Vec<_> = ctx.db.post().page().filter(page).collect();
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
