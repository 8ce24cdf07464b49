import { setTimeout as sleep } from "node:timers/promises";
import { l10n } from "vscode";
import type { CallResult, ReducerCall, RoomsApi } from "./backend";
import type { RoomAddress } from "../../shared/room";
import { Refusal } from "../platform/failure";
import { readRefusal } from "./refusal";

/** The longest total time we wait out the server's rate limit before showing its error. */
const MAX_WAIT_MS = 10_000;

/**
 * Calls a reducer of a rooms database. Waits and repeats the call where the database asks for a wait.
 *
 * @throws {Refusal} with the module's own sentence, or why there is no answer
 */
export async function callReducer(
	roomsApi: RoomsApi | undefined,
	reducerCall: ReducerCall,
): Promise<void> {
	if (roomsApi === undefined) {
		throw new Refusal(l10n.t("This needs the connection, and a database that has rooms."));
	}
	let leftMs = MAX_WAIT_MS;
	for (;;) {
		const result = await new Promise<CallResult>((onResult) =>
			roomsApi.call(reducerCall, onResult),
		);
		if (result.kind === "committed") {
			return;
		}
		if (result.kind === "noAnswer") {
			throw new Refusal(l10n.t("The server did not answer. It may have been done all the same."));
		}
		const refusal = readRefusal(result.reason, "exactlyOnce");
		if (refusal.kind !== "wait" || refusal.waitMs > leftMs) {
			throw new Refusal(refusal.sentence);
		}
		leftMs -= refusal.waitMs;
		await sleep(refusal.waitMs);
	}
}

/** The parts of a session that a reducer is called through. */
interface CallSources {
	readonly roomsApi: RoomsApi | undefined;
	problemWith(target: RoomAddress): string | undefined;
}

/**
 * Calls a reducer in the database and room that a person meant. Use it after a question: the settings or
 * the database may have changed while the person answered.
 *
 * @throws {Refusal} as `callReducer`, and where this is not the database or the room any more
 */
export async function callReducerIn(
	session: CallSources,
	target: RoomAddress,
	reducerCall: ReducerCall,
): Promise<void> {
	const problem = session.problemWith(target);
	if (problem !== undefined) {
		throw new Refusal(problem);
	}
	await callReducer(session.roomsApi, reducerCall);
}
