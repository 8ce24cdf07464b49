//! Every limit of the module. A script reads the constants for the clients, so each stands on one
//! line as `pub const NAME: TYPE = NUMBER;`, with its unit in the comment above.

use spacetimedb::ReducerContext;

use crate::tables::limits::{self, Limits, ONLY};

/// Length of a message in Unicode scalar values, unless an owner changed it.
pub const DEFAULT_MESSAGE_LENGTH: u32 = 8_000;
/// Length of a person's name in Unicode scalar values, unless an owner changed it.
pub const DEFAULT_NAME_LENGTH: u32 = 64;
/// Messages that a person may send at once after a pause, unless an owner changed it.
pub const DEFAULT_BURST: u32 = 20;
/// Messages per second after the burst, unless an owner changed it.
pub const DEFAULT_PER_SECOND: u32 = 5;
/// Posts of the lobby that terminal clients see, unless an owner changed it.
pub const DEFAULT_MIRRORED: u32 = 1_000;

/// Length of a client id in bytes. A UUID has 36.
pub const MAX_CLIENT_ID_LENGTH: usize = 64;
/// Days for which a client id is remembered. A client repeats a call for one day at most; the rest
/// leaves room for a wrong clock.
pub const SEND_KEY_DAYS: u32 = 8;

/// Length of a room's name in Unicode scalar values.
pub const MAX_ROOM_NAME_LENGTH: u32 = 64;
/// Length of a room's topic in Unicode scalar values.
pub const MAX_TOPIC_LENGTH: u32 = 200;
/// Public rooms of a database. Every client gets every room.
pub const MAX_ROOMS: u64 = 1_000;
/// Public rooms that one person may join.
pub const MAX_JOINED_ROOMS: usize = 200;
/// Private rooms of a person, direct messages included, from which on creating one is refused.
pub const MAX_PRIVATE_ROOMS: usize = 500;
/// Members of a private room. Each post is one row for every member.
pub const MAX_MEMBERS: usize = 64;

/// Length of a status in Unicode scalar values.
pub const MAX_STATUS_LENGTH: u32 = 100;
/// Duration of a status in days.
pub const MAX_STATUS_DAYS: u64 = 366;
/// Length of an emoji in Unicode scalar values. A family of four joined by three joiners has seven.
pub const MAX_EMOJI_LENGTH: usize = 8;

/// Different emoji under one message.
pub const MAX_REACTIONS: usize = 20;
/// Edits of one message.
pub const MAX_EDITS: usize = 50;
/// Words beginning with `@` in one message that are compared with names.
pub const MAX_NAMES_IN_MESSAGE: usize = 10;
/// People that one message mentions, and people that one name finds.
pub const MAX_MENTIONED: usize = 16;
/// Length of the excerpt of a message in Unicode scalar values, in mentions and lists of rooms.
pub const MAX_EXCERPT_LENGTH: usize = 120;

/// Seconds for which a sign of typing is shown.
pub const TYPING_SECONDS: u64 = 6;
/// Seconds in which further signs of typing have no effect.
pub const TYPING_PAUSE_SECONDS: u64 = 3;
/// Seconds for which a person without a connection stays online.
pub const GRACE_SECONDS: u64 = 15;

/// Length of a moderator's reason in Unicode scalar values.
pub const MAX_REASON_LENGTH: u32 = 500;
/// Duration of a time-out in seconds, 31 days.
pub const MAX_TIME_OUT_SECONDS: u32 = 2_678_400;
/// Entries of the moderation log. The log has up to 49 more before the oldest are deleted.
pub const MODERATION_ENTRIES: u64 = 500;

/// Length of the text of a search in Unicode scalar values.
pub const MAX_SEARCH_LENGTH: usize = 200;
/// Words of one search.
pub const MAX_SEARCH_WORDS: usize = 16;
/// Hits in one answer.
pub const MAX_SEARCH_HITS: usize = 50;
/// Length of a hit's excerpt in UTF-16 units, as a panel counts.
pub const MAX_SEARCH_EXCERPT_LENGTH: usize = 200;
/// Searches that a person may make at once after a pause.
pub const SEARCH_BURST: u32 = 10;
/// Searches per second after the burst.
pub const SEARCHES_PER_SECOND: u32 = 5;

const DEFAULT: Limits = Limits {
    id: ONLY,
    message_length: DEFAULT_MESSAGE_LENGTH,
    name_length: DEFAULT_NAME_LENGTH,
    burst: DEFAULT_BURST,
    per_second: DEFAULT_PER_SECOND,
    mirrored: DEFAULT_MIRRORED,
};

/// Returns the limits that an owner may change.
pub fn current(ctx: &ReducerContext) -> Limits {
    limits::find(ctx).unwrap_or(DEFAULT)
}

/// Stores the defaults in a new database.
pub fn create(ctx: &ReducerContext) {
    if limits::find(ctx).is_none() {
        limits::insert(ctx, DEFAULT);
    }
}

#[test]
fn every_limit_is_a_documented_number_on_one_line() {
    let lines: Vec<&str> = include_str!("limits.rs").lines().collect();
    let is_readable = |index: usize| {
        let (name, number) = lines[index].split_once(" = ").unwrap_or_default();
        let number = number.strip_suffix(';').unwrap_or_default();
        lines[index - 1].starts_with("/// ")
            && name.split_once(": ").is_some()
            && number.replace('_', "").parse::<u64>().is_ok()
    };
    let limits = (0..lines.len()).filter(|&index| lines[index].starts_with("pub const "));
    let unreadable: Vec<&str> = limits
        .filter(|&index| !is_readable(index))
        .map(|index| lines[index])
        .collect();
    assert_eq!(unreadable, Vec::<&str>::new());
}
