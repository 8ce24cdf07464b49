//! An emoji under a post: who and what.

use spacetimedb::{
    client_visibility_filter, reducer, table, Filter, Identity, ReducerContext, Table,
};

use crate::line::Line;
use crate::place::Place;
use crate::post::page_of;
use crate::{rate, text};

/// Different emoji under one post.
const MAX_EMOJI: usize = 20;

/// Comes with the page of its post.
#[table(name = reaction, public, index(name = by_author, btree(columns = [room, seq, who])))]
pub struct Reaction {
    #[primary_key]
    #[auto_inc]
    pub id: u64,
    #[index(btree)]
    pub page: u64,
    pub room: u32,
    pub seq: u64,
    pub who: Identity,
    pub emoji: String,
}

#[table(
    name = private_reaction,
    public,
    index(name = by_author, btree(columns = [room, seq, who])),
    index(name = by_recipient, btree(columns = [room, seq, recipient]))
)]
pub struct PrivateReaction {
    #[primary_key]
    #[auto_inc]
    pub id: u64,
    /// Whose row this is.
    #[index(btree)]
    pub recipient: Identity,
    pub page: u64,
    pub room: u32,
    pub seq: u64,
    pub who: Identity,
    pub emoji: String,
}

#[client_visibility_filter]
const PRIVATE_REACTION_OF_RECIPIENT: Filter =
    Filter::Sql("SELECT * FROM private_reaction WHERE recipient = :sender");

/// How many have reacted with an emoji. What limits the number of emoji, without a look at the people.
#[table(name = reaction_tally, index(name = by_post, btree(columns = [room, seq])))]
pub struct ReactionTally {
    #[primary_key]
    #[auto_inc]
    id: u64,
    room: u32,
    seq: u64,
    emoji: String,
    count: u32,
}

/// Puts an emoji under a post or takes the caller's own away.
#[reducer]
pub fn react(
    ctx: &ReducerContext,
    room: u32,
    seq: u64,
    emoji: String,
    is_on: bool,
) -> Result<(), String> {
    let place = Place::enter(ctx, room)?;
    place.require_open()?;
    let line = Line::find(ctx, &place, seq)?;
    line.require_normal()?;
    rate::spend(ctx)?;
    text::check_emoji(&emoji).map_err(|sentence| format!("emoji: {sentence}"))?;
    let own = own_rows(ctx, &place, seq, &emoji);
    if own.is_empty() != is_on {
        return Ok(());
    }
    if is_on {
        count_up(ctx, room, seq, &emoji)?;
        insert(ctx, &place, &line, emoji);
    } else {
        count_down(ctx, room, seq, &emoji);
        for id in own {
            match place {
                Place::Public(_) => ctx.db.reaction().id().delete(id),
                Place::Private(_) => ctx.db.private_reaction().id().delete(id),
            };
        }
    }
    Ok(())
}

/// Takes away everything under a post.
pub fn forget(ctx: &ReducerContext, place: &Place, seq: u64) {
    let pair = (place.id(), seq);
    match place {
        Place::Public(_) => ctx.db.reaction().by_author().delete(pair),
        Place::Private(_) => ctx.db.private_reaction().by_author().delete(pair),
    };
    ctx.db.reaction_tally().by_post().delete(pair);
}

/// Forgets what somebody sees under a post.
pub fn forget_of(ctx: &ReducerContext, room: u32, seq: u64, recipient: Identity) {
    ctx.db
        .private_reaction()
        .by_recipient()
        .delete((room, seq, recipient));
}

/// Forgets the counts of a room that is gone.
pub fn forget_room(ctx: &ReducerContext, room: u32) {
    ctx.db.reaction_tally().by_post().delete(room);
}

fn own_rows(ctx: &ReducerContext, place: &Place, seq: u64, emoji: &str) -> Vec<u64> {
    let key = (place.id(), seq, ctx.sender);
    match place {
        Place::Public(_) => {
            let rows = ctx.db.reaction().by_author().filter(key);
            rows.filter(|row| row.emoji == emoji)
                .map(|row| row.id)
                .collect()
        }
        Place::Private(_) => {
            let rows = ctx.db.private_reaction().by_author().filter(key);
            rows.filter(|row| row.emoji == emoji)
                .map(|row| row.id)
                .collect()
        }
    }
}

fn insert(ctx: &ReducerContext, place: &Place, line: &Line, emoji: String) {
    let Line { room, seq, .. } = *line;
    let page = page_of(room, seq);
    let who = ctx.sender;
    if let Place::Public(_) = place {
        ctx.db.reaction().insert(Reaction {
            id: 0,
            page,
            room,
            seq,
            who,
            emoji,
        });
        return;
    }
    for recipient in line.private_readers(ctx) {
        ctx.db.private_reaction().insert(PrivateReaction {
            id: 0,
            recipient,
            page,
            room,
            seq,
            who,
            emoji: emoji.clone(),
        });
    }
}

fn count_up(ctx: &ReducerContext, room: u32, seq: u64, emoji: &str) -> Result<(), String> {
    let tallies = ctx.db.reaction_tally();
    let of_post: Vec<ReactionTally> = tallies.by_post().filter((room, seq)).collect();
    let kinds = of_post.len();
    if let Some(tally) = of_post.into_iter().find(|tally| tally.emoji == emoji) {
        let count = tally.count + 1;
        tallies.id().update(ReactionTally { count, ..tally });
    } else if kinds < MAX_EMOJI {
        let emoji = emoji.into();
        tallies.insert(ReactionTally {
            id: 0,
            room,
            seq,
            emoji,
            count: 1,
        });
    } else {
        return Err(format!(
            "limits: A message has at most {MAX_EMOJI} different reactions"
        ));
    }
    Ok(())
}

fn count_down(ctx: &ReducerContext, room: u32, seq: u64, emoji: &str) {
    let tallies = ctx.db.reaction_tally();
    let found = tallies
        .by_post()
        .filter((room, seq))
        .find(|tally| tally.emoji == emoji);
    match found {
        Some(tally) if tally.count > 1 => {
            let count = tally.count - 1;
            tallies.id().update(ReactionTally { count, ..tally });
        }
        Some(tally) => {
            tallies.id().delete(tally.id);
        }
        None => {}
    }
}
