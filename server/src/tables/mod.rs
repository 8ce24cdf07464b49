//! The rows of the database, with the reads and writes of each table. No function here decides
//! anything, and no other folder touches `ctx.db`.

pub mod activity;
pub mod bootstrap_state;
pub mod limits;
pub mod memberships;
pub mod mentions;
pub mod messages;
pub mod moderation_log;
pub mod names;
pub mod post_versions;
pub mod posts;
pub mod presence;
pub mod private_posts;
pub mod private_rooms;
pub mod profiles;
pub mod rates;
pub mod reactions;
pub mod read_marks;
pub mod roles;
pub mod rooms;
pub mod sanctions;
pub mod search_index;
pub mod search_results;
pub mod send_keys;
pub mod timers;
pub mod typing;
pub mod users;
