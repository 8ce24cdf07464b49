//! The search: it looks for words in the whole history of a public room.
//!
//! `index` keeps, for each word of a room, the posts that contain it. A search walks down the
//! shortest of these lists and reads the posts, so its hits show the current texts. Nothing here
//! reads a whole table or a range of one. Each search has an end, from which the next one
//! continues.

mod dictionary;
mod excerpt;
pub mod find;
pub mod index;
mod postings;
pub mod query;
mod store;
mod walk;
mod word_posts;
mod words;
