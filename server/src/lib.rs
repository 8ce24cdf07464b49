//! The chat module. It has the tables and reducers of the SpacetimeDB quickstart, so that a client
//! from the tutorial works with it. Behind them are messages with ids, public and private rooms,
//! roles and sanctions, read marks, and a search.
//!
//! Its folders are floors. From the top: `acts`, `features`, `search`, `rules`, `tables`, and below
//! them `text`, `ids` and `codes`. A file uses its own floor and lower ones, never a higher one,
//! and no files use each other in a circle. The test in `floors` checks it.

mod acts;
mod codes;
mod features;
#[cfg(test)]
mod floors;
mod ids;
mod rules;
mod search;
mod tables;
mod text;
