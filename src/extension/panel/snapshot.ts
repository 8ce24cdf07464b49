import type { ChatSnapshot } from "../../shared/chat";
import type { ChatSession } from "../chat/session";
import {
	canStartServer,
	configuredDatabase,
	configuredServer,
	sharesTyping,
} from "../platform/settings";
import type { ViewRange } from "./viewRange";

/** Returns everything that a view needs to draw itself from nothing. */
export function chatSnapshot(seq: number, session: ChatSession, range: ViewRange): ChatSnapshot {
	const { state, limits, address, rooms, features, openRoom, people } = session;
	return {
		seq,
		address: {
			server: address?.server ?? configuredServer(),
			database: address?.database ?? configuredDatabase(),
		},
		openRoom: session.roomAddress(openRoom.id),
		rooms: rooms.all,
		features,
		typing: rooms.typing,
		...(rooms.ownSanction === undefined ? {} : { ownSanction: rooms.ownSanction }),
		connection: state,
		...(people.me === undefined ? {} : { me: people.me }),
		hasBacklog: openRoom.log.hasBacklog,
		...range.all(),
		limits,
		canStartServer: canStartServer(),
		sharesTyping: sharesTyping(),
	};
}
