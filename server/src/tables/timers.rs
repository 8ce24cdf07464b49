//! The scheduled tables. SpacetimeDB makes each of them name its reducer, so this file alone looks
//! up to a higher floor, and only to `acts::timers`.

use spacetimedb::{table, Identity, ReducerContext, ScheduleAt, Table, Timestamp};

#[table(name = activity_timer, scheduled(crate::acts::timers::write_activity))]
pub struct ActivityTimer {
    #[primary_key]
    #[auto_inc]
    id: u64,
    scheduled_at: ScheduleAt,
    pub room: u32,
}

#[table(name = departure_timer, scheduled(crate::acts::timers::end_grace))]
pub struct DepartureTimer {
    #[primary_key]
    #[auto_inc]
    id: u64,
    scheduled_at: ScheduleAt,
}

/// Rows of a former member that are still to be deleted: posts from `from` to before `to`.
#[table(name = forget_timer, scheduled(crate::acts::timers::forget_left))]
pub struct ForgetTimer {
    #[primary_key]
    #[auto_inc]
    id: u64,
    scheduled_at: ScheduleAt,
    pub recipient: Identity,
    pub room: u32,
    pub from: u64,
    pub to: u64,
}

/// A post of a public room that is about to be removed.
#[table(name = removal_timer, scheduled(crate::acts::timers::take_away))]
pub struct RemovalTimer {
    #[primary_key]
    #[auto_inc]
    id: u64,
    scheduled_at: ScheduleAt,
    /// Id of the post; unique, so that a second request adds no timer.
    #[unique]
    post: u64,
    pub room: u32,
    pub seq: u64,
}

/// A person whose public sanctions are updated: after a change, and at an end.
#[table(name = sanction_timer, scheduled(crate::acts::timers::show_sanctions))]
pub struct SanctionTimer {
    #[primary_key]
    #[auto_inc]
    id: u64,
    scheduled_at: ScheduleAt,
    pub identity: Identity,
}

#[table(name = search_timer, scheduled(crate::acts::timers::index_posts))]
pub struct SearchTimer {
    #[primary_key]
    #[auto_inc]
    id: u64,
    scheduled_at: ScheduleAt,
    /// Time at which the timer was started.
    pub since: Timestamp,
    /// Number of posts at that time.
    pub posts: u64,
}

#[table(name = status_timer, scheduled(crate::acts::timers::end_status))]
pub struct StatusTimer {
    #[primary_key]
    #[auto_inc]
    id: u64,
    scheduled_at: ScheduleAt,
    #[index(btree)]
    pub identity: Identity,
}

#[table(name = sweep_timer, scheduled(crate::acts::timers::sweep_send_keys))]
pub struct SweepTimer {
    #[primary_key]
    #[auto_inc]
    id: u64,
    scheduled_at: ScheduleAt,
}

/// A person who types in a room, until the last sign of typing is too old.
#[table(name = typing_timer, scheduled(crate::acts::timers::end_typing))]
pub struct TypingTimer {
    #[primary_key]
    #[auto_inc]
    id: u64,
    scheduled_at: ScheduleAt,
    pub identity: Identity,
    pub room: u32,
}

pub fn start_activity(ctx: &ReducerContext, at: Timestamp, room: u32) {
    ctx.db.activity_timer().insert(ActivityTimer {
        id: 0,
        scheduled_at: ScheduleAt::Time(at),
        room,
    });
}

pub fn start_departure(ctx: &ReducerContext, at: Timestamp) {
    ctx.db.departure_timer().insert(DepartureTimer {
        id: 0,
        scheduled_at: ScheduleAt::Time(at),
    });
}

pub fn start_forget(
    ctx: &ReducerContext,
    at: Timestamp,
    room: u32,
    recipient: Identity,
    from: u64,
    to: u64,
) {
    ctx.db.forget_timer().insert(ForgetTimer {
        id: 0,
        scheduled_at: ScheduleAt::Time(at),
        recipient,
        room,
        from,
        to,
    });
}

pub fn has_removal(ctx: &ReducerContext, post: u64) -> bool {
    ctx.db.removal_timer().post().find(post).is_some()
}

pub fn start_removal(ctx: &ReducerContext, at: Timestamp, post: u64, room: u32, seq: u64) {
    ctx.db.removal_timer().insert(RemovalTimer {
        id: 0,
        scheduled_at: ScheduleAt::Time(at),
        post,
        room,
        seq,
    });
}

pub fn start_sanction(ctx: &ReducerContext, at: Timestamp, identity: Identity) {
    ctx.db.sanction_timer().insert(SanctionTimer {
        id: 0,
        scheduled_at: ScheduleAt::Time(at),
        identity,
    });
}

pub fn has_search(ctx: &ReducerContext) -> bool {
    ctx.db.search_timer().count() > 0
}

/// Starts the timer of the next indexing step. `posts` is the number of posts now.
pub fn start_search(ctx: &ReducerContext, at: Timestamp, posts: u64) {
    ctx.db.search_timer().insert(SearchTimer {
        id: 0,
        scheduled_at: ScheduleAt::Time(at),
        since: ctx.timestamp,
        posts,
    });
}

/// Deletes all timers of the search and returns them.
pub fn take_search(ctx: &ReducerContext) -> Vec<SearchTimer> {
    let timers = ctx.db.search_timer();
    let taken: Vec<SearchTimer> = timers.iter().collect();
    for timer in &taken {
        timers.id().delete(timer.id);
    }
    taken
}

pub fn start_status(ctx: &ReducerContext, at: Timestamp, identity: Identity) {
    ctx.db.status_timer().insert(StatusTimer {
        id: 0,
        scheduled_at: ScheduleAt::Time(at),
        identity,
    });
}

pub fn stop_status(ctx: &ReducerContext, identity: Identity) {
    ctx.db.status_timer().identity().delete(identity);
}

pub fn start_sweep(ctx: &ReducerContext, interval: std::time::Duration) {
    ctx.db.sweep_timer().insert(SweepTimer {
        id: 0,
        scheduled_at: ScheduleAt::Interval(interval.into()),
    });
}

pub fn start_typing(ctx: &ReducerContext, at: Timestamp, identity: Identity, room: u32) {
    ctx.db.typing_timer().insert(TypingTimer {
        id: 0,
        scheduled_at: ScheduleAt::Time(at),
        identity,
        room,
    });
}
