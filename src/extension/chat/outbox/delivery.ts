import { EventEmitter, l10n, type Event } from "vscode";
import type { Backend, CallResult, Guarantee, MessageRow } from "../backend";
import type { RoomAddress } from "../../../shared/room";
import { LOBBY } from "../../../shared/room";
import { DisposableStore } from "../../platform/disposable";
import type { Journal } from "./journal";
import { moveAfter } from "./callOutcome";
import type { Outbox, OutboxEntry, OutboxMove } from "./outbox";
import { enqueue, entryOf, isDoubtful, isForRoom, move, nextToSend, roomOf } from "./outbox";
import { UnconfirmedAcks } from "./unconfirmedAcks";

/** After that a message is no longer news; it fails, and its text stays. */
export const GIVE_UP_AFTER_MS = 24 * 60 * 60 * 1_000;

/** Takes lines to the database, one at a time and in order, and knows what became of each. */
export class Delivery extends DisposableStore {
	readonly #onDidChange = this.register(new EventEmitter<Outbox>());
	readonly onDidChange: Event<Outbox> = this.#onDidChange.event;

	readonly #onDidTimeOut = this.register(new EventEmitter<void>());
	/** The link takes calls and does not answer: it is of no use. */
	readonly onDidTimeOut: Event<void> = this.#onDidTimeOut.event;

	readonly #journal: Journal;
	readonly #now: () => number;
	/** The database and sender of these messages; messages of others are never sent from here. */
	#outboxKey: string | undefined;
	#outbox: Outbox = [];
	/** The key of messages that were typed here before the first connection. */
	#keyWithoutIdentity: string | undefined;
	/** Lines that are not in the journal yet: they are not sent before. */
	readonly #unwritten = new Set<string>();
	readonly #unconfirmedAcks: UnconfirmedAcks;
	#backend: Backend | undefined;
	#guarantee: Guarantee = "atMostOnce";
	#me = "";
	#newestOwnMicros = Number.MIN_SAFE_INTEGER;
	#waitTimer: NodeJS.Timeout | undefined;

	/** @param now milliseconds since the epoch */
	constructor(journal: Journal, now: () => number = Date.now) {
		super();
		this.#journal = journal;
		this.#now = now;
		this.#unconfirmedAcks = new UnconfirmedAcks((clientIds) => this.#settle(clientIds), now);
		this.register({ dispose: () => this.cut() });
		this.register(journal.onDidAdopt((outboxKey) => this.#resume(outboxKey)));
		this.register(journal.onDidLose(() => this.#letGo()));
	}

	get outbox(): Outbox {
		return this.#outbox;
	}

	/**
	 * Enters a database under an identity, and takes the messages that wait for both from the journal.
	 *
	 * @param identity `undefined` before the first connection; messages typed then get the first identity
	 */
	enter(addressKey: string, identity: string | undefined): void {
		const nobody = `${addressKey}#`;
		const outboxKey = `${nobody}${identity ?? ""}`;
		if (outboxKey === this.#outboxKey) {
			return;
		}
		const carried = this.#outboxKey === nobody ? this.#outbox : [];
		this.#unconfirmedAcks.forget();
		this.#outboxKey = outboxKey;
		this.#keyWithoutIdentity = nobody;
		this.#outbox = [];
		this.#onDidChange.fire([]);
		this.#resume(outboxKey);
		if (carried.length > 0) {
			this.#replace([...this.#outbox, ...carried]);
			this.#journal.save(nobody, []).catch(() => undefined);
		}
		this.#resume(nobody);
	}

	/**
	 * Takes a line over; settles when it is in the journal, and is not lost from there on.
	 *
	 * @param where the room, if it is not the lobby, and what the line answers there
	 * @returns why the line can't be taken, as a sentence
	 */
	async enqueue(
		clientId: string,
		text: string,
		where: Pick<OutboxEntry, "room" | "roomCreatedMicros" | "replyTo"> = {},
	): Promise<string | undefined> {
		const outboxKey = this.#outboxKey;
		const taken = enqueue(this.#outbox, { clientId, text, ...where, createdMs: this.#now() });
		if (taken === this.#outbox || outboxKey === undefined) {
			return undefined;
		}
		const problem = this.#journal.spaceProblem(outboxKey, taken);
		if (problem !== undefined) {
			return problem;
		}
		this.#unwritten.add(clientId);
		this.#outbox = taken;
		this.#onDidChange.fire(taken);
		try {
			await this.#journal.save(outboxKey, taken);
		} catch {
			// Told to the journal too: else a later write would keep a line that was given back.
			this.#replace(this.#outbox.filter((entry) => entry.clientId !== clientId));
			return l10n.t("The message could not be kept safe on this machine, so it was not sent.");
		} finally {
			this.#unwritten.delete(clientId);
		}
		this.#pump();
		return undefined;
	}

	retry(clientId: string): void {
		this.#move(clientId, { type: "retry", atMs: this.#now() });
		this.#pump();
	}

	discard(clientId: string): void {
		this.#move(clientId, { type: "discard" });
		this.#pump();
	}

	/** Discards the messages for one room, but for those that the server may have already. */
	discardRoom({ room: id, createdMicros }: Omit<RoomAddress, "database">): void {
		for (const entry of this.#outbox.filter((one) => isForRoom(one, { id, createdMicros }))) {
			this.#move(entry.clientId, { type: "discard" });
		}
	}

	/**
	 * A fresh picture of the database. Its rows settle entries; the rest goes on, oldest first.
	 *
	 * @returns the id of the entry that each row belongs to, by row key
	 */
	applied(backend: Backend, me: string, rows: readonly MessageRow[]): Map<string, string> {
		if (me !== this.#me) {
			this.#newestOwnMicros = Number.MIN_SAFE_INTEGER;
		}
		this.#me = me;
		this.#backend = backend;
		this.#guarantee = backend.guarantee;
		this.#unconfirmedAcks.forget();
		const belongs = new Map<string, string>();
		const own = rows.filter(({ sender }) => sender === me);
		for (const row of own.sort((a, b) => a.sentMicros - b.sentMicros)) {
			const clientId = this.#arrived(row, "snapshot");
			if (clientId !== undefined) {
				belongs.set(row.key, clientId);
			}
		}
		const isThere = new Set(belongs.values());
		for (const entry of this.#outbox) {
			if (isDoubtful(entry, this.#guarantee, isThere) && this.#canTake(entry)) {
				this.#move(entry.clientId, { type: "lose" });
			}
		}
		this.#pump();
		return belongs;
	}

	/** A row came: the id of the entry it belongs to, if it is one of ours. */
	arrived(row: MessageRow): string | undefined {
		return this.#arrived(row, "live");
	}

	/** The link is gone; its open calls are answered with `noAnswer`. */
	cut(): void {
		this.#backend = undefined;
		this.#unconfirmedAcks.forget();
		clearTimeout(this.#waitTimer);
	}

	#arrived(row: MessageRow, when: "snapshot" | "live"): string | undefined {
		if (row.sender !== this.#me) {
			return undefined;
		}
		const entry = entryOf(this.#outbox, this.#guarantee, row);
		this.#newestOwnMicros = Math.max(this.#newestOwnMicros, row.sentMicros);
		if (entry !== undefined && (this.#guarantee === "atMostOnce" || when === "live")) {
			this.#move(entry.clientId, { type: "row", sentMicros: row.sentMicros });
			this.#unconfirmedAcks.note(entry.clientId);
			if (when === "live") {
				this.#pump();
			}
		}
		return entry?.clientId;
	}

	#pump(): void {
		clearTimeout(this.#waitTimer);
		if (this.#backend === undefined) {
			return;
		}
		const now = this.#now();
		let waitMs = Number.POSITIVE_INFINITY;
		for (const entry of nextToSend(this.#outbox)) {
			const leftMs = (entry.notBeforeMs ?? 0) - now;
			if (this.#unwritten.has(entry.clientId)) {
				continue;
			}
			const reason =
				now - entry.createdMs > GIVE_UP_AFTER_MS
					? l10n.t("gave up after 24 hours.")
					: roomProblem(this.#backend, entry);
			if (reason !== undefined) {
				this.#move(entry.clientId, { type: "refuse", reason });
				this.#pump();
				return;
			}
			if (leftMs > 0) {
				waitMs = Math.min(waitMs, leftMs);
			} else {
				this.#send(this.#backend, entry);
			}
		}
		if (Number.isFinite(waitMs)) {
			this.#waitTimer = setTimeout(() => this.#pump(), waitMs);
		}
	}

	#send(backend: Backend, entry: OutboxEntry): void {
		const { clientId, text, replyTo } = entry;
		const sending: OutboxMove = { type: "send", afterMicros: this.#newestOwnMicros };
		// A database that knows repeats is sent a queued line again as well as one on its way: so the disk
		// needs not hear of it, and has nothing to do while the answer comes.
		const isKept = this.#guarantee === "atMostOnce";
		this.#replace(move(this.#outbox, this.#guarantee, clientId, sending), isKept);
		const message = {
			clientId,
			room: roomOf(entry),
			text,
			...(replyTo === undefined ? {} : { replyTo }),
		};
		backend.sendMessage(message, (result) => {
			this.#answered(entry, result);
			if (result.kind !== "noAnswer") {
				this.#pump();
			} else if (result.why === "timeout") {
				this.#onDidTimeOut.fire();
			}
		});
	}

	#answered(entry: OutboxEntry, result: CallResult): void {
		this.#move(entry.clientId, moveAfter(entry, result, this.#guarantee, this.#now()));
		if (result.kind === "committed") {
			this.#unconfirmedAcks.note(entry.clientId);
		}
	}

	/** Returns false for a line whose room this database does not have: there is no doubt about it here. */
	#canTake(entry: OutboxEntry): boolean {
		return (
			entry.state !== "queued" ||
			this.#backend === undefined ||
			roomProblem(this.#backend, entry) === undefined
		);
	}

	#settle(clientIds: readonly string[]): void {
		this.#replace(
			clientIds.reduce(
				(outbox, clientId) => move(outbox, this.#guarantee, clientId, { type: "settle" }),
				this.#outbox,
			),
		);
	}

	/**
	 * Puts the messages that the journal holds under this key before those that are here. Messages of a
	 * window that was never connected become those of the identity here.
	 */
	#resume(outboxKey: string): void {
		if (outboxKey !== this.#outboxKey && outboxKey !== this.#keyWithoutIdentity) {
			return;
		}
		const here = new Set(this.#outbox.map(({ clientId }) => clientId));
		const kept = this.#journal.resume(outboxKey).filter(({ clientId }) => !here.has(clientId));
		if (kept.length > 0) {
			const isDoubtful = this.#backend !== undefined && this.#guarantee === "atMostOnce";
			this.#replace([
				...kept.map((entry): OutboxEntry =>
					isDoubtful && entry.state === "queued" && this.#canTake(entry)
						? { ...entry, state: "unknown" }
						: entry,
				),
				...this.#outbox,
			]);
			if (outboxKey !== this.#outboxKey) {
				this.#journal.save(outboxKey, []).catch(() => undefined);
			}
			this.#pump();
		}
	}

	/** Another window has taken these lines over: they are its to send. */
	#letGo(): void {
		this.#unconfirmedAcks.forget();
		this.#outbox = this.#outbox.filter(({ clientId }) => this.#unwritten.has(clientId));
		this.#onDidChange.fire(this.#outbox);
	}

	#move(clientId: string, event: OutboxMove): void {
		this.#replace(move(this.#outbox, this.#guarantee, clientId, event));
	}

	/** @param isKept whether the journal is told, too */
	#replace(outbox: Outbox, isKept = true): void {
		if (outbox === this.#outbox) {
			return;
		}
		this.#outbox = outbox;
		this.#onDidChange.fire(outbox);
		if (isKept && this.#outboxKey !== undefined) {
			// Not waited for: what is lost of this by a crash is a repeat, which the database knows, or a
			// doubt, which the person is told.
			this.#journal.save(this.#outboxKey, outbox).catch(() => undefined);
		}
	}
}

/** Returns why a database cannot take a message for its room, as a sentence. */
function roomProblem(backend: Backend, entry: OutboxEntry): string | undefined {
	const room = roomOf(entry);
	if (room === LOBBY) {
		return undefined;
	}
	const { roomCreatedMicros } = entry;
	const current = backend.roomsApi?.room(room);
	const isReplaced =
		roomCreatedMicros !== undefined && current?.createdMicros !== roomCreatedMicros;
	return current === undefined || isReplaced
		? l10n.t("you are not in the room that it was written for.")
		: undefined;
}
