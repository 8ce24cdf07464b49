import { l10n } from "vscode";
import { pageOf } from "../../../shared/room";
import type { CallResult, FoundMessage, SearchAnswer } from "../../chat/backend";
import { hexOf } from "../sdk/identityHex";
import type { ReducerClient } from "../sdk/reducerClient";
import type { ChatDbConnection } from "../sdk/remoteModule";
import { toSafeNumber } from "../sdk/rows";

/** The search of a rooms database. A reducer starts it, and a row that only its caller sees has the hits. */
export class RoomSearch {
	readonly #connection: ChatDbConnection;
	readonly #reducers: ReducerClient;

	constructor(connection: ChatDbConnection, reducers: ReducerClient) {
		this.#connection = connection;
		this.#reducers = reducers;
	}

	/** Searches one room. `onResult` is called exactly once. */
	search(
		room: number,
		text: string,
		olderThan: number | undefined,
		onResult: (answer: SearchAnswer) => void,
	): void {
		// Random, because all windows of one person share the row.
		const queryId = BigInt(Date.now()) * 1_000n + BigInt(Math.floor(Math.random() * 1_000));
		const beforeSeq = olderThan === undefined ? undefined : BigInt(olderThan);
		this.#reducers.call("search", { room, queryId, text, beforeSeq }, (result) =>
			onResult(this.#read(queryId, result)),
		);
	}

	#read(queryId: bigint, result: CallResult): SearchAnswer {
		if (result.kind === "refused") {
			return { kind: "refused", reason: result.reason };
		}
		const me = this.#connection.identity?.toHexString();
		// The SDK puts the rows of a transaction into its cache before it reports the answer (1.3.3).
		const row = [...this.#connection.db.searchResult.iter()].find(
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
