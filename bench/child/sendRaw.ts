import type { DbConnection } from "../../src/module_bindings";
import { connectToEverything } from "./everythingClient";
import type { SendWish } from "./sendOurs";

/** `server/src/room.rs`. */
const LOBBY = 1;

/** The same calls on the SDK as it comes, one after the other; milliseconds from call to answer. */
export async function sendRaw({
	url,
	database,
	warmUps,
	lines,
	calls,
}: SendWish & { readonly calls: "announced" | "posted" }): Promise<number[]> {
	// Something small, since a client without a subscription is nobody's.
	const connection = await connectToEverything(url, database, ["SELECT * FROM limits"]);
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
