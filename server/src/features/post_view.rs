//! A message as the caller sees it, in a public or a private room.

use spacetimedb::{Identity, ReducerContext, Timestamp};

use crate::rules::room_access::RoomAccess;
use crate::tables::posts::{self, Post, PostState};
use crate::tables::private_posts;

pub struct PostView {
    pub room: u32,
    pub seq: u64,
    pub sender: Identity,
    pub sent: Timestamp,
    pub text: String,
    /// The `seq` of the post that this one answers.
    pub reply_to: Option<u64>,
    pub edited: Option<Timestamp>,
    pub state: PostState,
}

impl PostView {
    /// Returns a post that the caller can see. A post from before the caller joined gets the same
    /// answer as a post that does not exist.
    pub fn find(ctx: &ReducerContext, access: &RoomAccess, seq: u64) -> Result<Self, String> {
        let room = access.id();
        let found = match access {
            RoomAccess::Public(_) => posts::find(ctx, room, seq).map(|row| Self {
                room,
                seq,
                sender: row.sender,
                sent: row.sent,
                text: row.text,
                reply_to: row.reply_to,
                edited: row.edited,
                state: row.state,
            }),
            RoomAccess::Private(_) => {
                private_posts::find(ctx, room, seq, ctx.sender).map(|row| Self {
                    room,
                    seq,
                    sender: row.sender,
                    sent: row.sent,
                    text: row.text,
                    reply_to: row.reply_to,
                    edited: row.edited,
                    state: row.state,
                })
            }
        };
        found.ok_or("post: There is no such message".into())
    }

    /// Refuses callers who did not write the post.
    pub fn require_author(&self, ctx: &ReducerContext) -> Result<(), String> {
        if self.sender == ctx.sender {
            Ok(())
        } else {
            Err("rights: Only the author of a message may edit or delete it".into())
        }
    }

    /// Refuses a post without its text.
    pub fn require_normal(&self) -> Result<(), String> {
        match self.state {
            PostState::Normal => Ok(()),
            PostState::Deleted => Err("post: This message was deleted".into()),
            PostState::Removed => Err("post: A moderator removed this message".into()),
        }
    }

    /// Saves text, time of the edit and state in every row of the post.
    pub fn save(&self, ctx: &ReducerContext, access: &RoomAccess) {
        match access {
            RoomAccess::Public(_) => {
                if let Some(row) = posts::find(ctx, self.room, self.seq) {
                    posts::update(
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
            RoomAccess::Private(_) => {
                private_posts::update_rows(ctx, self.room, self.seq, |row| {
                    row.text.clone_from(&self.text);
                    row.edited = self.edited;
                    row.state = self.state;
                });
            }
        }
    }

    /// Returns the members of a private room who see the post. Members who joined later do not.
    pub fn recipients(&self, ctx: &ReducerContext) -> Vec<Identity> {
        let rows = private_posts::rows(ctx, self.room, self.seq);
        rows.into_iter().map(|row| row.recipient).collect()
    }
}
