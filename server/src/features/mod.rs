//! The features of the chat, one file each. They may use each other, but not in a circle.

pub mod bootstrap;
pub mod edit;
pub mod lobby_mirror;
pub mod mentions;
pub mod moderation;
pub mod names;
pub mod post_versions;
pub mod post_view;
pub mod presence;
pub mod private_rooms;
pub mod profiles;
pub mod public_rooms;
pub mod reactions;
pub mod read_marks;
pub mod room_activity;
pub mod send;
pub mod send_keys;
pub mod typing;
