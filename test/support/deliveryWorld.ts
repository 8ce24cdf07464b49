import { vi } from "vitest";
import type {
	Backend,
	CallResult,
	Guarantee,
	MessageRow,
	Outgoing,
} from "../../src/extension/chat/backend";
import { Delivery } from "../../src/extension/chat/outbox/delivery";
import type { Journal } from "../../src/extension/chat/outbox/journal";
import type { Outbox, OutboxEntry } from "../../src/extension/chat/outbox/outbox";
import { DEFAULT_LIMITS } from "../../src/shared/chat";
import { EventEmitter } from "./vscodeStub";

/** The sender of all messages, and their room. */
export const ME = "me";
export const SERVER = "server#chat";

/** Milliseconds of a write to the disk. */
export const WRITE_MS = 5;
/** The age below which a killed server loses a commit: nearly the age at which an ack is confirmed. */
const FORGETS_MS = 4_990;

/** A slow disk in memory, which outlives its window. */
class MemoryDisk {
	readonly places = new Map<string, Outbox>();
	/** While true, no write succeeds. */
	isFull = false;

	has(clientId: string): boolean {
		return this.entries.some((entry) => entry.clientId === clientId);
	}

	get entries(): OutboxEntry[] {
		return [...this.places.values()].flat();
	}
}

/** The journal of one window. It adopts the lines of the window before, a moment after its start. */
class MemoryJournal {
	readonly #adopted = new EventEmitter<string>();
	readonly onDidAdopt = this.#adopted.event;
	readonly #lost = new EventEmitter<void>();
	readonly onDidLose = this.#lost.event;
	readonly #disk: MemoryDisk;
	readonly #own = new Map<string, Outbox>();
	readonly #left = new Map<string, readonly OutboxEntry[]>();
	#writing: Promise<void> = Promise.resolve();
	#nextWrite: Promise<void> | undefined;
	#isDead = false;

	constructor(disk: MemoryDisk) {
		this.#disk = disk;
		const left = [...disk.places];
		void Promise.resolve().then(() => {
			for (const [outboxKey, entries] of left) {
				this.adopt(outboxKey, entries);
			}
		});
	}

	/** Adopts the lines of a closed window. */
	adopt(outboxKey: string, entries: Outbox): void {
		if (!this.#isDead) {
			this.#left.set(outboxKey, [...(this.#left.get(outboxKey) ?? []), ...entries.map(asAdopted)]);
			this.#adopted.fire(outboxKey);
		}
	}

	/** Drops these lines, which another window has adopted. */
	lose(): void {
		this.#own.clear();
		this.#lost.fire();
	}

	/** Drops the window's pending writes. */
	die(): void {
		this.#isDead = true;
	}

	spaceProblem(): undefined {
		return undefined;
	}

	resume(outboxKey: string): OutboxEntry[] {
		const left = this.#left.get(outboxKey) ?? [];
		this.#left.delete(outboxKey);
		return [...left, ...(this.#own.get(outboxKey) ?? [])];
	}

	async save(outboxKey: string, outbox: Outbox): Promise<void> {
		if (outbox.length === 0) {
			this.#own.delete(outboxKey);
		} else {
			this.#own.set(outboxKey, outbox);
		}
		this.#nextWrite ??= this.#writing
			.catch(() => undefined)
			.then(() => {
				this.#nextWrite = undefined;
				this.#writing = this.#write();
				return this.#writing;
			});
		return this.#nextWrite;
	}

	async #write(): Promise<void> {
		const content = new Map(this.#own);
		for (const [outboxKey, entries] of this.#left) {
			content.set(outboxKey, [...entries, ...(content.get(outboxKey) ?? [])]);
		}
		await new Promise((written) => setTimeout(written, WRITE_MS));
		if (this.#isDead) {
			await new Promise(() => undefined);
		}
		if (this.#disk.isFull) {
			throw new Error("The disk is full");
		}
		this.#disk.places.clear();
		for (const [outboxKey, entries] of content) {
			this.#disk.places.set(outboxKey, entries);
		}
	}
}

/** Returns a line as `readJournal` returns it to a window that did not write it. */
function asAdopted(entry: OutboxEntry): OutboxEntry {
	return entry.state === "failed" || entry.state === "unknown"
		? { ...entry, isAdopted: true }
		: { ...entry, state: "queued", isAdopted: true };
}

/** A database that stores client ids, or does not, and that loses recent commits when killed. */
class ReferenceServer {
	readonly guarantee: Guarantee;
	#commits: { readonly row: MessageRow; readonly atMs: number }[] = [];
	#micros = 0;

	constructor(guarantee: Guarantee) {
		this.guarantee = guarantee;
	}

	commit(clientId: string, text: string): MessageRow {
		const known = this.#commits.find(
			({ row }) => this.guarantee === "exactlyOnce" && row.clientId === clientId,
		);
		if (known !== undefined) {
			return known.row;
		}
		const micros = ++this.#micros;
		const row: MessageRow = {
			key: `r${micros}`,
			page: 0,
			order: micros,
			sender: ME,
			sentMicros: micros,
			text,
			...(this.guarantee === "exactlyOnce" ? { clientId } : {}),
		};
		this.#commits.push({ row, atMs: Date.now() });
		return row;
	}

	kill(): void {
		this.#commits = this.#commits.filter(({ atMs }) => Date.now() - atMs >= FORGETS_MS);
	}

	get rows(): MessageRow[] {
		return this.#commits.map(({ row }) => row);
	}

	get texts(): string[] {
		return this.rows.map(({ text }) => text);
	}
}

/** One window's connection, on which calls wait until the test delivers them. */
class Link implements Backend {
	readonly isSearchedByPages = false;
	readonly guarantee: Guarantee;
	readonly limits = DEFAULT_LIMITS;
	readonly pages = undefined as unknown as Backend["pages"];
	readonly #world: World;
	readonly #open: {
		readonly clientId: string;
		readonly text: string;
		readonly settle: (result: CallResult) => void;
		row?: MessageRow;
	}[] = [];

	constructor(world: World) {
		this.#world = world;
		this.guarantee = world.server.guarantee;
	}

	enter(): Promise<undefined> {
		throw new Error("not in this model");
	}

	setName(): void {
		throw new Error("not in this model");
	}

	sendMessage({ clientId, text }: Outgoing, settle: (result: CallResult) => void): void {
		if (!this.#world.disk.has(clientId)) {
			this.#world.sentUnwritten.push(text);
		}
		this.#open.push({ clientId, text, settle });
		this.#world.mostOpenCalls = Math.max(this.#world.mostOpenCalls, this.#open.length);
	}

	/** Delivers the next call to the server; the answer may be lost. */
	arrive(isAnswered: boolean, delivery: Delivery): void {
		const [call] = this.#open;
		if (call === undefined) {
			return;
		}
		call.row ??= this.#world.server.commit(call.clientId, call.text);
		const { row } = call;
		if (isAnswered) {
			this.#open.shift();
			call.settle({ kind: "committed", atMicros: row.sentMicros });
			delivery.arrived(row);
		}
	}

	/** Refuses the next call, unless the server has received it. */
	refuse(reason: string): void {
		if (this.#open[0]?.row === undefined) {
			this.#open.shift()?.settle({ kind: "refused", reason });
		}
	}

	cut(): void {
		for (const { settle } of this.#open.splice(0)) {
			settle({ kind: "noAnswer", why: "cut" });
		}
	}
}

/** A person at a window with a disk, a connection and a server, each of which fails on demand. */
export class World {
	readonly disk = new MemoryDisk();
	readonly server: ReferenceServer;
	/** Every typed line; the accepted ones; the ones discarded later. */
	readonly typed: string[] = [];
	readonly said: string[] = [];
	readonly discarded = new Set<string>();
	/** Reasons for refused lines. */
	readonly problems: string[] = [];
	/** Lines that reached the socket before the disk. */
	readonly sentUnwritten: string[] = [];
	mostOpenCalls = 0;
	journal: MemoryJournal;
	delivery: Delivery;
	#link: Link | undefined;

	/** @param isKnown gives the window the identity of its last connection */
	constructor(guarantee: Guarantee, isKnown = true) {
		this.server = new ReferenceServer(guarantee);
		this.journal = new MemoryJournal(this.disk);
		this.delivery = this.#newDelivery(isKnown ? ME : undefined);
	}

	#newDelivery(identity: string | undefined): Delivery {
		const delivery = new Delivery(this.journal as unknown as Journal);
		delivery.enter(SERVER, identity);
		return delivery;
	}

	say(): void {
		const text = `line ${this.typed.length}`;
		this.typed.push(text);
		void this.delivery.enqueue(`id-${text}`, text).then((problem) => {
			if (problem === undefined) {
				this.said.push(text);
			} else {
				this.problems.push(problem);
			}
		});
	}

	/** Discards the oldest line without an ack. */
	discard(): void {
		const entry = this.delivery.outbox.find(({ state }) => state !== "acked");
		if (entry !== undefined) {
			this.discarded.add(entry.text);
			this.delivery.discard(entry.clientId);
		}
	}

	connect(): void {
		this.cut();
		this.#link = new Link(this);
		this.delivery.applied(this.#link, ME, this.server.rows);
	}

	cut(): void {
		const link = this.#link;
		this.#link = undefined;
		// The order of the real connection: first the open calls, then the delivery.
		link?.cut();
		this.delivery.cut();
	}

	arrive(isAnswered = true): void {
		this.#link?.arrive(isAnswered, this.delivery);
	}

	refuse(reason: string): void {
		this.#link?.refuse(reason);
	}

	crashWindow(): void {
		// A dead window receives no more answers, and writes nothing more.
		this.#link = undefined;
		this.journal.die();
		this.delivery.dispose();
		this.journal = new MemoryJournal(this.disk);
		this.delivery = this.#newDelivery(ME);
	}

	killServer(): void {
		this.server.kill();
		this.cut();
	}

	/** Waits until the disk has all writes. */
	async written(): Promise<void> {
		await vi.advanceTimersByTimeAsync(2 * WRITE_MS);
	}

	/** Reconnects for good, and sends everything that can be sent. */
	async finish(): Promise<void> {
		await this.written();
		this.connect();
		for (let count = 0; count < this.typed.length * 2 + 5; count++) {
			this.arrive();
			// Longer than the longest wait that the server may request.
			await vi.advanceTimersByTimeAsync(600);
		}
		await vi.advanceTimersByTimeAsync(10_000);
	}
}
