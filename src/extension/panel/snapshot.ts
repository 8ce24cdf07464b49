import type { ChatSnapshot } from "../../shared/chat";
import type { ChatSession } from "../chat/session";
import {
	canStartServer,
	configuredDatabase,
	configuredServer,
	sharesTyping,
} from "../platform/settings";
import type { ViewRange } from "./viewRange";

/** Everything that a view needs to draw itself from nothing. */
export function chatSnapshot(seq: number, session: ChatSession, window: ViewRange): ChatSnapshot {
	const { store, state, limits, address, rooms, features } = session;
	return {
		seq,
		place: {
			server: address?.server ?? configuredServer(),
			database: address?.database ?? configuredDatabase(),
		},
		roomId: rooms.openId,
		rooms: rooms.all,
		features,
		typing: rooms.typing,
		...(rooms.ownSanction === undefined ? {} : { ownSanction: rooms.ownSanction }),
		connection: state,
		...(store.me === undefined ? {} : { me: store.me }),
		hasBacklog: store.hasBacklog,
		...window.all(),
		limits,
		canStartServer: canStartServer(),
		sharesTyping: sharesTyping(),
	};
}
