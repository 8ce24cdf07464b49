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

/** Who says everything here, and where. */
export const ME = "me";
export const SERVER = "server#chat";

/** Milliseconds that a write takes to the disk. */
export const WRITE_MS = 5;
/** A commit of a killed server is forgotten when it is younger: nearly as long as an ack stays young. */
const FORGETS_MS = 4_990;

/** A disk that is memory, and slow; it lives on when its window dies. */
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

/** The journal of one window, which adopts what the window before it left, a moment after its start. */
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
			for (const [place, entries] of left) {
				this.adopt(place, entries);
			}
		});
	}

	/** Takes the lines of a window that is gone. */
	adopt(place: string, entries: Outbox): void {
		if (!this.#isDead) {
			this.#left.set(place, [...(this.#left.get(place) ?? []), ...entries.map(asAdopted)]);
			this.#adopted.fire(place);
		}
	}

	/** Another window has taken these lines. */
	lose(): void {
		this.#own.clear();
		this.#lost.fire();
	}

	/** What the window still wanted to write is not written. */
	die(): void {
		this.#isDead = true;
	}

	roomFor(): undefined {
		return undefined;
	}

	resume(place: string): OutboxEntry[] {
		const left = this.#left.get(place) ?? [];
		this.#left.delete(place);
		return [...left, ...(this.#own.get(place) ?? [])];
	}

	async save(place: string, outbox: Outbox): Promise<void> {
		if (outbox.length === 0) {
			this.#own.delete(place);
		} else {
			this.#own.set(place, outbox);
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
		for (const [place, entries] of this.#left) {
			content.set(place, [...entries, ...(content.get(place) ?? [])]);
		}
		await new Promise((written) => setTimeout(written, WRITE_MS));
		if (this.#isDead) {
			await new Promise(() => undefined);
		}
		if (this.#disk.isFull) {
			throw new Error("The disk is full");
		}
		this.#disk.places.clear();
		for (const [place, entries] of content) {
			this.#disk.places.set(place, entries);
		}
	}
}

/** A line as `readJournal` gives it to a window that did not write it. */
function asAdopted(entry: OutboxEntry): OutboxEntry {
	return entry.state === "failed" || entry.state === "unknown"
		? { ...entry, isAdopted: true }
		: { ...entry, state: "queued", isAdopted: true };
}

/** A database that knows ids, or does not, and that forgets young commits when it is killed. */
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

/** One window's link; calls wait until the test lets them arrive. */
class Link implements Backend {
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

	/** The next call reaches the server; its answer may be lost on the way back. */
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

	/** The next call is refused, unless it was heard. */
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

/** A person at a window with a disk, a link and a server, each of which fails when it is told to. */
export class World {
	readonly disk = new MemoryDisk();
	readonly server: ReferenceServer;
	/** Every line that was typed; those that were taken over; those discarded later. */
	readonly typed: string[] = [];
	readonly said: string[] = [];
	readonly discarded = new Set<string>();
	/** Why lines were not taken over. */
	readonly problems: string[] = [];
	/** Lines that were handed to the socket before the disk had them. */
	readonly sentUnwritten: string[] = [];
	mostOpenCalls = 0;
	journal: MemoryJournal;
	delivery: Delivery;
	#link: Link | undefined;

	/** @param isKnown whether the window knows who we were here last */
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

	/** The oldest line that is not acked is not wanted any more. */
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
		// As the connection does it: first the open calls, then the delivery.
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
		// A dead window hears nothing more: its link's answers go nowhere, its writes don't land.
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

	/** The disk has all it was given. */
	async written(): Promise<void> {
		await vi.advanceTimersByTimeAsync(2 * WRITE_MS);
	}

	/** The connection comes back for good, and everything that can be sent is. */
	async finish(): Promise<void> {
		await this.written();
		this.connect();
		for (let count = 0; count < this.typed.length * 2 + 5; count++) {
			this.arrive();
			// Longer than the server may ask for a wait.
			await vi.advanceTimersByTimeAsync(600);
		}
		await vi.advanceTimersByTimeAsync(10_000);
	}
}
