//! The reducers. Each checks rights and limits, in an order that clients rely on, and then uses a
//! feature.

mod messages;
mod moderation;
mod people;
mod quickstart;
mod rooms;
mod search;
pub mod timers;
