// What package.json contributes, by name; a test compares the two. Constants alone: the entry and the
// chat, which are files of their own in dist, both have them.

export const VIEW_ID = "spacetimedbChat.panel";

/** Every command, without the prefix `spacetimedbChat.`. */
export const COMMAND_NAMES = [
	"setName",
	"sendMessage",
	"openPanel",
	"connect",
	"disconnect",
	"reconnect",
	"changeServer",
	"forgetIdentity",
	"copyIdentity",
	"showLog",
	"startLocalServer",
	"togglePeople",
	"search",
	"goToDate",
	"exportRoom",
	"switchRoom",
	"createRoom",
	"openRepositoryRoom",
	"messagePerson",
	"setStatus",
	"setAvailability",
	"showModerationLog",
] as const;

export type CommandName = (typeof COMMAND_NAMES)[number];
