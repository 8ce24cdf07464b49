//! A room as the one who calls sees it, of whichever kind.

use spacetimedb::{Identity, ReducerContext};

use crate::private_room::{self, PrivateRoom, DIRECT};
use crate::room::{self, Room, LOBBY};
use crate::{role, verdict};

pub enum Place {
    Public(Room),
    /// With the caller's own row.
    Private(PrivateRoom),
}

impl Place {
    /// The room, if the caller may see it. A private room of others is answered like one that is not
    /// there.
    pub fn find(ctx: &ReducerContext, room: u32) -> Result<Self, String> {
        let found = if room::is_private(room) {
            private_room::own(ctx, room).map(Self::Private)
        } else {
            room::find(ctx, room).map(Self::Public)
        };
        found.ok_or("room: There is no such room".into())
    }

    /// The room, if the caller may also do something there.
    pub fn enter(ctx: &ReducerContext, room: u32) -> Result<Self, String> {
        verdict::require_free(ctx)?;
        Self::find(ctx, room)
    }

    pub fn id(&self) -> u32 {
        match self {
            Self::Public(room) => room.id,
            Self::Private(own) => own.room,
        }
    }

    pub fn is_direct(&self) -> bool {
        matches!(self, Self::Private(own) if own.kind == DIRECT)
    }

    pub fn require_open(&self) -> Result<(), String> {
        let is_archived = match self {
            Self::Public(room) => room.archived,
            Self::Private(own) => own.archived,
        };
        if is_archived {
            return Err("room: This room is archived".into());
        }
        Ok(())
    }

    /// Refuses whoever may not name, describe and archive this room: the one who made a public room or a
    /// moderator, the host of a private one. The lobby is nobody's.
    pub fn require_keeper(&self, ctx: &ReducerContext) -> Result<(), String> {
        let is_keeper = match self {
            Self::Public(room) => {
                role::is_moderator(ctx, ctx.sender)
                    || (room.id != LOBBY && room.created_by == ctx.sender)
            }
            Self::Private(own) if own.kind == DIRECT => {
                return Err("room: A direct conversation has no name, no topic and no end".into());
            }
            Self::Private(own) => own.host == ctx.sender,
        };
        if is_keeper {
            return Ok(());
        }
        Err(match self {
            Self::Public(_) => "rights: Only who made the room or a moderator may do this",
            Self::Private(_) => "rights: Only the room's host may do this",
        }
        .into())
    }

    /// Whether somebody can be spoken to here.
    pub fn reaches(&self, person: Identity) -> bool {
        match self {
            Self::Public(_) => true,
            Self::Private(own) => own.members.contains(&person),
        }
    }
}
