//! Which posts have which words. Private, and written behind the senders' backs: a post only says that
//! there is something to do, and a timer does it a few posts at a time.

use std::collections::BTreeMap;
use std::time::Duration;

use spacetimedb::{reducer, table, ReducerContext, ScheduleAt, Table, Timestamp};

use super::{posts, words};
use crate::post::{page_of, post, PostState};
use crate::presence::require_module;
use crate::room::{room, room_counter};

/// From the first post that is not indexed to the step that does. What is said meanwhile goes along, and
/// words that are said again in it are written once.
const DELAY: Duration = Duration::from_secs(1);
/// Between two steps while there is more to do: senders come in between.
const PAUSE: Duration = Duration::from_millis(5);
/// The same while so many are sending that each step is felt: then the index may fall behind.
const LONG_PAUSE: Duration = Duration::from_millis(30);
const MANY_POSTS_A_SECOND: u64 = 500;
/// A step holds up whoever sends meanwhile, so it ends at the first of these: 4 ms (measured).
const STEP_POSTS: u64 = 64;
const STEP_WORDS: usize = 600;
/// Posts that a search indexes itself, in at most so many steps, so that it finds what was said just now.
const LATEST_POSTS: u64 = 2 * STEP_POSTS;
const LATEST_STEPS: usize = 3;

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
    since: Timestamp,
    /// How many posts there were then.
    posts: u64,
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
    let mut pause = PAUSE;
    for timer in timers.iter() {
        if posts_a_second(ctx, &timer) > MANY_POSTS_A_SECOND {
            pause = LONG_PAUSE;
        }
        timers.id().delete(timer.id);
    }
    let waiting = ctx.db.search_backlog().iter();
    // The shortest first: a room that is far behind must not hold up the others.
    let shortest = waiting.map(|row| row.room).min_by_key(|room| behind(ctx, *room));
    if let Some(room) = shortest {
        step(ctx, room);
    }
    if ctx.db.search_backlog().count() > 0 {
        start_timer(ctx, pause);
    }
    Ok(())
}

fn posts_a_second(ctx: &ReducerContext, timer: &SearchTimer) -> u64 {
    let micros = |time: Timestamp| time.to_micros_since_unix_epoch();
    let elapsed = (micros(ctx.timestamp) - micros(timer.since)).max(1) as u64;
    ctx.db.post().count().saturating_sub(timer.posts) * 1_000_000 / elapsed
}

/// Indexes what was said just now, if no more than that is left. Tells whether all of the room is.
pub fn catch_up(ctx: &ReducerContext, room: u32) -> bool {
    for _ in 0..LATEST_STEPS {
        match behind(ctx, room) {
            0 => return true,
            1..=LATEST_POSTS => step(ctx, room),
            _ => return false,
        }
    }
    behind(ctx, room) == 0
}

fn behind(ctx: &ReducerContext, room: u32) -> u64 {
    next_seq(ctx, room) - indexed(ctx, room)
}

/// Indexes the next posts of a room, as many as a step may have.
fn step(ctx: &ReducerContext, room: u32) {
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
        since: ctx.timestamp,
        posts: ctx.db.post().count(),
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
