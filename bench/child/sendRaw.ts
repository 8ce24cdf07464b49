import type { DbConnection } from "../../src/module_bindings";
import { roomQueries } from "../../src/extension/database/rooms/roomRows";
import { connectPlainly } from "./everythingClient";
import type { SendWish } from "./sendOurs";

/** `server/src/room.rs`. */
const LOBBY = 1;

interface RawWish extends SendWish {
	readonly calls: "announced" | "posted";
	/** Something small, since a client without a subscription is nobody's; or what the panel holds. */
	readonly holds: "little" | "panel";
}

/** The same calls on the SDK as it comes, one after the other; milliseconds from call to answer. */
export async function sendRaw({
	url,
	database,
	warmUps,
	lines,
	calls,
	holds,
}: RawWish): Promise<number[]> {
	const connection = await connectPlainly(url, database, ["SELECT * FROM limits"]);
	if (holds === "panel") {
		await holdAsPanel(connection);
	}
	let answered: (() => void) | undefined;
	const hear = ({ event }: { event: { status: { tag: string } } }) => {
		if (event.status.tag !== "Committed") {
			throw new Error(`The call was answered with ${event.status.tag}.`);
		}
		answered?.();
	};
	connection.reducers.onSendMessage(hear);
	connection.reducers.onPostMessage(hear);
	const times: number[] = [];
	for (let line = 0; line < warmUps + lines; line++) {
		const answer = new Promise<void>((settle) => (answered = settle));
		const began = performance.now();
		call(connection, calls, `line ${line}`);
		await answer;
		if (line >= warmUps) {
			times.push(performance.now() - began);
		}
	}
	return times;
}

function call({ reducers }: DbConnection, calls: "announced" | "posted", text: string): void {
	const clientId = crypto.randomUUID();
	if (calls === "announced") {
		reducers.announce(clientId);
		reducers.sendMessage(text);
	} else {
		reducers.postMessage(LOBBY, clientId, text);
	}
}

/** What `RoomsBackend` and `RoomPages` subscribe to in the lobby: each page by itself, four of them ahead. */
async function holdAsPanel(connection: DbConnection): Promise<void> {
	await subscribed(connection, [
		...["user", "room_head", "search_result"].map((table) => `SELECT * FROM ${table}`),
		...roomQueries(connection.identity?.toHexString() ?? ""),
	]);
	const head = [...connection.db.roomHead.iter()].find(({ room }) => room === LOBBY)?.page;
	if (head === undefined) {
		throw new Error("The lobby has no page.");
	}
	for (let page = head - 2n; page <= head + 4n; page++) {
		await subscribed(
			connection,
			["post", "reaction"].map((table) => `SELECT * FROM ${table} WHERE page = ${page}`),
		);
	}
}

async function subscribed(connection: DbConnection, queries: string[]): Promise<void> {
	return new Promise((settle, fail) => {
		connection
			.subscriptionBuilder()
			.onApplied(() => settle())
			.onError((context) => fail(context.event ?? new Error("subscription error")))
			.subscribe(queries);
	});
}
