//! The rules that every reducer shares: rights, limits and rates, and what the caller sees of a
//! room.

pub mod guard;
pub mod limits;
pub mod rate;
pub mod room_access;
pub mod texts;
