//! Numbers in columns that stand for a choice, because SQL can't write an enum.

/// Values of `role.rank`. A member has no row.
pub const ROLE_MEMBER: u8 = 0;
pub const ROLE_MODERATOR: u8 = 1;
pub const ROLE_OWNER: u8 = 2;

/// Values of `kind` in the tables of sanctions.
pub const SANCTION_TIME_OUT: u8 = 1;
pub const SANCTION_BAN: u8 = 2;

/// Values of `profile.availability`.
pub const AVAILABILITY_AVAILABLE: u8 = 0;
pub const AVAILABILITY_AWAY: u8 = 1;
pub const AVAILABILITY_BUSY: u8 = 2;

/// Values of `private_room.kind`. A room of direct messages keeps its two members.
pub const ROOM_PRIVATE: u8 = 1;
pub const ROOM_DIRECT: u8 = 2;
