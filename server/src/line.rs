//! A post as the one who calls sees it, of whichever kind of room, and as it is written back into every
//! row of it.

use spacetimedb::{Identity, ReducerContext, Timestamp};

use crate::place::Place;
use crate::post::{self, Post, PostState};
use crate::private_post;

pub struct Line {
    pub room: u32,
    pub seq: u64,
    pub sender: Identity,
    pub sent: Timestamp,
    pub text: String,
    /// The number of the post that this one answers.
    pub reply_to: Option<u64>,
    pub edited: Option<Timestamp>,
    pub state: PostState,
}

impl Line {
    /// A post that the caller can see. What was said before the caller came is answered like what was
    /// never said.
    pub fn find(ctx: &ReducerContext, place: &Place, seq: u64) -> Result<Self, String> {
        let room = place.id();
        let found = match place {
            Place::Public(_) => post::find(ctx, room, seq).map(|row| Self {
                room,
                seq,
                sender: row.sender,
                sent: row.sent,
                text: row.text,
                reply_to: row.reply_to,
                edited: row.edited,
                state: row.state,
            }),
            Place::Private(_) => private_post::of(ctx, room, seq, ctx.sender).map(|row| Self {
                room,
                seq,
                sender: row.sender,
                sent: row.sent,
                text: row.text,
                reply_to: row.reply_to,
                edited: row.edited,
                state: row.state,
            }),
        };
        found.ok_or("post: There is no such message".into())
    }

    pub fn require_normal(&self) -> Result<(), String> {
        match self.state {
            PostState::Normal => Ok(()),
            PostState::Deleted => Err("post: This message was deleted".into()),
            PostState::Removed => Err("post: A moderator removed this message".into()),
        }
    }

    /// Writes text, edit and state into every row of the post.
    pub fn write(&self, ctx: &ReducerContext, place: &Place) {
        match place {
            Place::Public(_) => {
                if let Some(row) = post::find(ctx, self.room, self.seq) {
                    post::update(
                        ctx,
                        Post {
                            text: self.text.clone(),
                            edited: self.edited,
                            state: self.state,
                            ..row
                        },
                    );
                }
            }
            Place::Private(_) => private_post::change(ctx, self.room, self.seq, |row| {
                row.text.clone_from(&self.text);
                row.edited = self.edited;
                row.state = self.state;
            }),
        }
    }

    /// Who in a private room has this post; those who came later have not.
    pub fn private_readers(&self, ctx: &ReducerContext) -> Vec<Identity> {
        let rows = private_post::rows(ctx, self.room, self.seq);
        rows.into_iter().map(|row| row.recipient).collect()
    }
}
