import { l10n } from "vscode";
import { readRefusal } from "../../chat/refusal";
import type { CallResult, FoundMessage, SearchAnswer } from "../../chat/backend";
import { hexOf } from "../sdk/identityHex";
import { pageOf, toSafeNumber } from "../sdk/rows";
import { callReducer, onAnswer } from "../sdk/remoteModule";
import { ReducerCalls } from "../sdk/reducerCalls";
import { readStatus } from "../sdk/textReducers";
import type { BackendSources } from "../sdk/backendBase";

const REDUCER = "search";

/** The module's search: asked by a reducer, answered by a row that only the asker sees. */
export class RoomSearch {
	readonly #sources: BackendSources;
	readonly #calls = new ReducerCalls();
	#lastQuery = 0n;

	constructor(sources: BackendSources) {
		this.#sources = sources;
		const { connection, guard } = sources;
		onAnswer(connection, REDUCER, (event, [, queryId]) =>
			guard(() => this.#calls.answer(REDUCER, String(queryId), readStatus(event))),
		);
	}

	ask(
		room: number,
		text: string,
		olderThan: number | undefined,
		onResult: (answer: SearchAnswer) => void,
	): void {
		// Other windows of ours ask too, and the row is one for all of them.
		this.#lastQuery = BigInt(Date.now()) * 1_000n + BigInt(Math.floor(Math.random() * 1_000));
		const queryId = this.#lastQuery;
		this.#calls.begin(REDUCER, String(queryId), (result) => onResult(this.#read(queryId, result)));
		const before = olderThan === undefined ? undefined : BigInt(olderThan);
		callReducer(this.#sources.connection, REDUCER, [room, queryId, text, before]);
	}

	cut(): void {
		this.#calls.cut();
	}

	#read(queryId: bigint, result: CallResult): SearchAnswer {
		if (result.kind === "refused") {
			const { sentence } = readRefusal(result.reason, "exactlyOnce");
			return { kind: "failed", reason: sentence };
		}
		const { connection } = this.#sources;
		const me = connection.identity?.toHexString();
		// The rows of a transaction are in the cache before its answer is told (SDK 1.3.3).
		const row = [...connection.db.searchResult.iter()].find(
			({ asker, queryId: id }) => id === queryId && hexOf(asker) === me,
		);
		if (result.kind === "noAnswer" || row === undefined) {
			return { kind: "failed", reason: l10n.t("The server did not answer. Try again.") };
		}
		const found = row.hits.map(({ seq, sender, sent, excerpt }): FoundMessage => {
			const order = toSafeNumber(seq);
			return {
				page: pageOf(order),
				order,
				sender: hexOf(sender),
				sentMicros: toSafeNumber(sent.microsSinceUnixEpoch),
				excerpt,
			};
		});
		const older = row.older === undefined ? undefined : toSafeNumber(row.older);
		return { kind: "found", found, olderThan: older, isCatchingUp: row.isCatchingUp };
	}
}
