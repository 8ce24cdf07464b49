//! The bootstrap: it brings a database up to date, whether it is new, a quickstart database, or
//! made by an earlier version of this module.

use spacetimedb::ReducerContext;

use crate::features::send::{self, NewPost};
use crate::features::{lobby_mirror, names, public_rooms, room_activity, send_keys};
use crate::ids::{post_id, LOBBY};
use crate::rules::limits;
use crate::tables::messages::Message;
use crate::tables::posts::{self, Post};
use crate::tables::{bootstrap_state, messages, rooms, users};

/// Steps that run once in this order. New steps are only ever appended.
const STEPS: [fn(&ReducerContext); 3] = [create_lobby, renumber_posts, complete_rooms];

/// Runs the steps that this database has not had. Costs one read if there are none.
pub fn ensure(ctx: &ReducerContext) {
    let done = bootstrap_state::steps(ctx) as usize;
    if done >= STEPS.len() {
        return;
    }
    for step in &STEPS[done..] {
        step(ctx);
    }
    bootstrap_state::set_steps(ctx, STEPS.len() as u32);
}

/// Creates the lobby. Copies the messages of a quickstart database in their order, before it trims
/// them.
fn create_lobby(ctx: &ReducerContext) {
    if rooms::exists(ctx, LOBBY) {
        return;
    }
    limits::create(ctx);
    public_rooms::insert(ctx, LOBBY, "lobby".into(), String::new(), ctx.identity());
    send_keys::start_sweeping(ctx);
    for Message { sender, sent, text } in messages::oldest_first(ctx) {
        let post = NewPost {
            sender,
            sent,
            client_id: None,
            text,
            reply_to: None,
        };
        send::write_public(ctx, LOBBY, post);
    }
    lobby_mirror::trim(ctx);
}

/// Gives posts their ids if they date from when an id was a mere count.
fn renumber_posts(ctx: &ReducerContext) {
    let old: Vec<Post> = posts::all(ctx)
        .filter(|post| post.id != post_id(post.room, post.seq))
        .collect();
    for post in old {
        posts::delete(ctx, post.id);
        let id = post_id(post.room, post.seq);
        posts::insert(ctx, Post { id, ..post });
    }
}

/// Adds the names and the activity that rooms of earlier versions lack, and the names of people.
fn complete_rooms(ctx: &ReducerContext) {
    for room in rooms::all(ctx) {
        // An earlier version had the lobby alone, so no name is taken.
        let _ = public_rooms::take_name(ctx, room.id, &room.name);
    }
    room_activity::insert_all(ctx);
    for person in users::all(ctx) {
        if let Some(name) = person.name {
            names::set_name(ctx, person.identity, &name);
        }
    }
}
