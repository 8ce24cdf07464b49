//! A room as the caller sees it, public or private, and the caller's rights there.

use spacetimedb::{Identity, ReducerContext};

use crate::codes::ROOM_PRIVATE;
use crate::ids::{self, LOBBY};
use crate::rules::guard;
use crate::tables::private_rooms::{self, PrivateRoom};
use crate::tables::rooms::{self, Room};

pub enum RoomAccess {
    Public(Room),
    /// The caller's row of the room.
    Private(PrivateRoom),
}

impl RoomAccess {
    /// Returns the room if the caller can see it. A private room of others gets the same answer as
    /// a room that does not exist.
    pub fn find(ctx: &ReducerContext, room: u32) -> Result<Self, String> {
        let found = if ids::is_private(room) {
            private_rooms::find(ctx, room, ctx.sender).map(Self::Private)
        } else {
            rooms::find(ctx, room).map(Self::Public)
        };
        found.ok_or("room: There is no such room".into())
    }

    /// Returns the room if the caller can see it and is under no sanction.
    pub fn enter(ctx: &ReducerContext, room: u32) -> Result<Self, String> {
        guard::require_free(ctx)?;
        Self::find(ctx, room)
    }

    /// Returns the caller's row of a private room with members that change.
    pub fn enter_private(ctx: &ReducerContext, room: u32) -> Result<PrivateRoom, String> {
        match Self::enter(ctx, room)? {
            Self::Private(own) if own.kind == ROOM_PRIVATE => Ok(own),
            Self::Private(_) => {
                Err("room: Direct messages are always between the same two people".into())
            }
            Self::Public(_) => Err("room: This room is public: everybody can join it".into()),
        }
    }

    pub fn id(&self) -> u32 {
        match self {
            Self::Public(room) => room.id,
            Self::Private(own) => own.room,
        }
    }

    pub fn is_direct(&self) -> bool {
        matches!(self, Self::Private(own) if own.is_direct())
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

    /// Refuses callers who may not rename, describe or archive the room. A public room's creator, a
    /// moderator and a private room's host may; the lobby has no creator.
    pub fn require_keeper(&self, ctx: &ReducerContext) -> Result<(), String> {
        let is_keeper = match self {
            Self::Public(room) => {
                guard::is_moderator(ctx, ctx.sender)
                    || (room.id != LOBBY && room.created_by == ctx.sender)
            }
            Self::Private(own) if own.is_direct() => {
                return Err(
                    "room: Direct messages have no name or topic and can't be archived".into(),
                );
            }
            Self::Private(own) => own.host == ctx.sender,
        };
        if is_keeper {
            return Ok(());
        }
        Err(match self {
            Self::Public(_) => "rights: Only the room's creator or a moderator may do this",
            Self::Private(_) => "rights: Only the room's host may do this",
        }
        .into())
    }

    /// Refuses callers who may not remove messages of others. Moderators may where they can read,
    /// and a private room's host may there; nobody may among direct messages.
    pub fn require_remover(&self, ctx: &ReducerContext) -> Result<(), String> {
        let is_host = match self {
            Self::Private(own) if own.is_direct() => {
                return Err("rights: Nobody may remove another person's direct messages".into());
            }
            Self::Private(own) => own.host == ctx.sender,
            Self::Public(_) => false,
        };
        if is_host || guard::is_moderator(ctx, ctx.sender) {
            Ok(())
        } else {
            Err("rights: Only a moderator may do this".into())
        }
    }

    /// Returns whether a person can see the room.
    pub fn includes(&self, person: Identity) -> bool {
        match self {
            Self::Public(_) => true,
            Self::Private(own) => own.members.contains(&person),
        }
    }
}
