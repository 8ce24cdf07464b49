//! Mentions by `@name`, and by an answer to a person's message.

use std::collections::BTreeSet;

use spacetimedb::{Identity, ReducerContext};

use crate::features::names;
use crate::features::post_view::PostView;
use crate::rules::limits::MAX_EXCERPT_LENGTH;
use crate::rules::room_access::RoomAccess;
use crate::tables::mentions::{self, Mention};
use crate::text;

/// Adds the mentions of a new post.
pub fn create(ctx: &ReducerContext, access: &RoomAccess, post: &PostView) {
    for owner in mentioned(ctx, access, post, &post.text) {
        insert(ctx, post, owner);
    }
}

/// Updates the mentions of an edited post. A person that the earlier text `before` named gets no
/// second mention.
pub fn update(ctx: &ReducerContext, access: &RoomAccess, post: &PostView, before: &str) {
    let now = mentioned(ctx, access, post, &post.text);
    for row in mentions::of_post(ctx, post.room, post.seq) {
        if now.contains(&row.owner) {
            let excerpt = text::excerpt(&post.text, MAX_EXCERPT_LENGTH);
            mentions::update(ctx, Mention { excerpt, ..row });
        } else {
            mentions::delete(ctx, row.id);
        }
    }
    let earlier = mentioned(ctx, access, post, before);
    for &owner in now.difference(&earlier) {
        insert(ctx, post, owner);
    }
}

fn insert(ctx: &ReducerContext, post: &PostView, owner: Identity) {
    let mention = Mention {
        id: 0,
        owner,
        room: post.room,
        seq: post.seq,
        sender: post.sender,
        sent: post.sent,
        excerpt: text::excerpt(&post.text, MAX_EXCERPT_LENGTH),
    };
    mentions::insert(ctx, mention);
}

/// Returns the people that a text of a post names, and the author of the post that it answers.
/// Leaves out those who can't see the room.
fn mentioned(
    ctx: &ReducerContext,
    access: &RoomAccess,
    post: &PostView,
    text: &str,
) -> BTreeSet<Identity> {
    let answered = post
        .reply_to
        .and_then(|seq| PostView::find(ctx, access, seq).ok());
    let mut people = names::people_named(ctx, text);
    people.extend(answered.map(|answered| answered.sender));
    people.retain(|&person| person != post.sender && access.includes(person));
    people
}
