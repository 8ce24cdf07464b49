// Names that package.json contributes; a test compares them. Constants alone, since two files of dist,
// the entry and the chat, both contain this one.

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
