//! The numbers of rooms, posts and pages. Pure arithmetic: every table finds its rows by these
//! numbers.

/// Id of the room that terminal clients see.
pub const LOBBY: u32 = 1;
/// First id of private rooms, 2^30. Their ids are random up to twice this number, so that gaps
/// between public ids don't reveal how many private rooms exist.
pub const FIRST_PRIVATE_ROOM: u32 = 1_073_741_824;
/// Posts on one page. An index answers equality on a page, but not a range of posts (server 1.3.0).
pub const PAGE_SIZE: u64 = 128;
/// Low bits of a page's id, which hold `seq / PAGE_SIZE`. The high bits hold the room.
pub const PAGE_BITS: u32 = 32;
/// Low bits of a post's id, which hold its `seq`. The high bits hold the room.
pub const SEQ_BITS: u32 = 40;

pub fn is_private(room: u32) -> bool {
    room >= FIRST_PRIVATE_ROOM
}

/// Turns a random number into the id of a private room.
pub fn private_room_id(random: u32) -> u32 {
    FIRST_PRIVATE_ROOM + random % FIRST_PRIVATE_ROOM
}

pub fn post_id(room: u32, seq: u64) -> u64 {
    (u64::from(room) << SEQ_BITS) | seq
}

pub fn page_of(room: u32, seq: u64) -> u64 {
    (u64::from(room) << PAGE_BITS) | (seq / PAGE_SIZE)
}
