//! Moderation: sanctions, roles and removed messages, with the log that moderators read. The reads
//! are in `rules::guard`.
//!
//! In full mode the server sends a reducer's caller and arguments to everybody whose rows it
//! touches. A moderator's name and reason are for moderators alone, so a moderator's reducer
//! touches only their rows. A timer writes what everybody sees right after it.

mod details;
pub mod log;
pub mod removal;
pub mod roles;
pub mod sanctions;
pub mod viewers;
