import fc from "fast-check";
import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import type {
	Backend,
	CallResult,
	Guarantee,
	MessageRow,
} from "../../src/extension/backend/backend";
import { Delivery, GIVE_UP_AFTER_MS } from "../../src/extension/chat/delivery";
import type { Journal } from "../../src/extension/chat/journal";
import type { Outbox, OutboxEntry } from "../../src/extension/chat/outbox";
import { STOCK_LIMITS } from "../../src/shared/chat";
import { EventEmitter } from "../support/vscodeStub";

const ME = "me";

/** A journal whose disk is memory: it lives on when its window dies. */
class MemoryDisk {
	readonly places = new Map<string, Outbox>();

	/** The journal of a new window, which adopts what the last one left. */
	journal(): Journal {
		const left = new Map(
			[...this.places].map(([place, entries]) => [
				place,
				entries.map((entry): OutboxEntry =>
					entry.state === "failed" || entry.state === "unknown"
						? { ...entry, isAdopted: true }
						: { ...entry, state: "queued", isAdopted: true },
				),
			]),
		);
		const own = new Map<string, Outbox>();
		return {
			onDidAdopt: new EventEmitter<string>().event,
			onDidLose: new EventEmitter<void>().event,
			roomFor: () => undefined,
			resume: (place: string) => {
				const adopted = left.get(place) ?? [];
				left.delete(place);
				return [...adopted, ...(own.get(place) ?? [])];
			},
			save: async (place: string, outbox: Outbox) => {
				own.set(place, outbox);
				this.places.set(place, [...(left.get(place) ?? []), ...outbox]);
				await Promise.resolve();
			},
		} as unknown as Journal;
	}
}

/** A database that knows ids, or does not, and that forgets young commits when it is killed. */
class ReferenceServer {
	readonly rows: { readonly row: MessageRow; isOnDisk: boolean }[] = [];
	readonly guarantee: Guarantee;
	#micros = 0;

	constructor(guarantee: Guarantee) {
		this.guarantee = guarantee;
	}

	commit(clientId: string, text: string): MessageRow {
		const known = this.rows.find(
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
		this.rows.push({ row, isOnDisk: false });
		return row;
	}

	sync(): void {
		for (const row of this.rows) {
			row.isOnDisk = true;
		}
	}

	kill(): void {
		const kept = this.rows.filter(({ isOnDisk }) => isOnDisk);
		this.rows.splice(0, this.rows.length, ...kept);
	}

	get texts(): string[] {
		return this.rows.map(({ row }) => row.text);
	}
}

/** One window and its link; calls wait until the test lets them arrive. */
class Link implements Backend {
	readonly guarantee: Guarantee;
	readonly limits = STOCK_LIMITS;
	readonly pages = undefined as unknown as Backend["pages"];
	readonly #server: ReferenceServer;
	readonly #open: {
		readonly clientId: string;
		readonly text: string;
		readonly settle: (result: CallResult) => void;
		row?: MessageRow;
	}[] = [];

	constructor(server: ReferenceServer) {
		this.#server = server;
		this.guarantee = server.guarantee;
	}

	setName(): void {
		throw new Error("not in this model");
	}

	sendMessage(clientId: string, text: string, settle: (result: CallResult) => void): void {
		this.#open.push({ clientId, text, settle });
	}

	/** The next call reaches the server; its answer may be lost on the way back. */
	arrive(isAnswered: boolean, delivery: Delivery): void {
		const call = this.#open[0];
		if (call === undefined) {
			return;
		}
		call.row ??= this.#server.commit(call.clientId, call.text);
		const { row } = call;
		if (isAnswered) {
			this.#open.shift();
			call.settle({ kind: "committed", atMicros: row.sentMicros });
			delivery.arrived(row);
		}
	}

	get openCalls(): number {
		return this.#open.length;
	}

	cut(): void {
		for (const { settle } of this.#open.splice(0)) {
			settle({ kind: "noAnswer", why: "cut" });
		}
	}
}

class World {
	readonly disk = new MemoryDisk();
	readonly server: ReferenceServer;
	readonly said: string[] = [];
	mostOpenCalls = 0;
	delivery: Delivery;
	#link: Link | undefined;

	constructor(guarantee: Guarantee) {
		this.server = new ReferenceServer(guarantee);
		this.delivery = this.#newWindow();
	}

	#newWindow(): Delivery {
		const delivery = new Delivery(this.disk.journal());
		delivery.enter("server#chat", ME);
		return delivery;
	}

	connect(): void {
		this.cut();
		this.#link = new Link(this.server);
		this.delivery.applied(
			this.#link,
			ME,
			this.server.rows.map(({ row }) => row),
		);
	}

	cut(): void {
		const link = this.#link;
		this.#link = undefined;
		// As the connection does it: first the open calls, then the delivery.
		link?.cut();
		this.delivery.cut();
	}

	crashWindow(): void {
		// A dead window hears nothing more: its link's answers go nowhere.
		this.#link = undefined;
		this.delivery.dispose();
		this.delivery = this.#newWindow();
	}

	killServer(): void {
		this.server.kill();
		this.cut();
	}

	arrive(isAnswered: boolean): void {
		this.#link?.arrive(isAnswered, this.delivery);
		this.mostOpenCalls = Math.max(this.mostOpenCalls, this.#link?.openCalls ?? 0);
	}

	async say(): Promise<void> {
		const text = `line ${this.said.length}`;
		// Only what was taken over counts: the rest is still in the box.
		if ((await this.delivery.enqueue(`id-${text}`, text)) === undefined) {
			this.said.push(text);
		}
	}
}

type Step =
	"say" | "connect" | "cut" | "arrive" | "arriveUnanswered" | "crashWindow" | "killServer" | "wait";

const anyStep = fc.constantFrom<Step>(
	...(["say", "say", "say", "connect", "arrive", "arrive", "arriveUnanswered"] as const),
	...(["cut", "crashWindow", "killServer", "wait"] as const),
);

async function take(world: World, step: Step): Promise<void> {
	switch (step) {
		case "say":
			await world.say();
			break;
		case "arrive":
			world.arrive(true);
			break;
		case "arriveUnanswered":
			world.arrive(false);
			break;
		case "wait":
			// Longer than a commit takes to the disk, and than an ack stays young.
			await vi.advanceTimersByTimeAsync(3_000);
			world.server.sync();
			await vi.advanceTimersByTimeAsync(3_000);
			break;
		default:
			world[step]();
	}
	await vi.advanceTimersByTimeAsync(0);
}

/** The connection comes back for good, and everything that can be sent is. */
async function finish(world: World): Promise<void> {
	world.connect();
	for (let count = 0; count < world.said.length * 3 + 5; count++) {
		await take(world, "arrive");
	}
	world.server.sync();
	await vi.advanceTimersByTimeAsync(10_000);
}

beforeEach(() => {
	vi.useFakeTimers();
});
afterEach(() => {
	vi.useRealTimers();
});

describe("in every order of events", () => {
	test("a database that knows ids has each line once and in order", async () => {
		await fc.assert(
			fc.asyncProperty(fc.array(anyStep, { maxLength: 60 }), async (steps) => {
				const world = new World("exactlyOnce");
				for (const step of steps) {
					await take(world, step);
				}
				await finish(world);
				expect([world.server.texts, world.delivery.outbox]).toEqual([world.said, []]);
				expect(world.mostOpenCalls).toBeLessThanOrEqual(1);
			}),
			{ numRuns: 1_000 },
		);
	});

	test("a database without ids has no line twice, and what is missing is told", async () => {
		await fc.assert(
			fc.asyncProperty(fc.array(anyStep, { maxLength: 60 }), async (steps) => {
				const world = new World("atMostOnce");
				for (const step of steps) {
					await take(world, step);
				}
				await finish(world);
				const there = world.server.texts;
				const told = new Set(world.delivery.outbox.map(({ text }) => text));
				const untold = world.said.filter((text) => !there.includes(text) && !told.has(text));
				expect([there.length, untold]).toEqual([new Set(there).size, []]);
			}),
			{ numRuns: 1_000 },
		);
	});
});

test("after a day a line is given up, and its text stays", async () => {
	const world = new World("exactlyOnce");
	await world.say();
	await vi.advanceTimersByTimeAsync(GIVE_UP_AFTER_MS + 1_000);
	world.connect();
	expect(world.delivery.outbox).toMatchObject([
		{ text: "line 0", state: "failed", reason: "It waited for a day." },
	]);
});

test("lines of another place are never sent here, and are there on coming back", async () => {
	const world = new World("exactlyOnce");
	await world.say();
	world.delivery.enter("server#chat", "somebody else");
	const elsewhere = world.delivery.outbox;
	world.delivery.enter("server#chat", ME);
	expect([elsewhere, world.delivery.outbox.map(({ text }) => text)]).toEqual([[], ["line 0"]]);
});

test("lines typed before the first connection are of whoever is first", async () => {
	const delivery = new Delivery(new MemoryDisk().journal());
	delivery.enter("server#chat", undefined);
	await delivery.enqueue("id", "early");
	delivery.enter("server#chat", ME);
	expect(delivery.outbox.map(({ text }) => text)).toEqual(["early"]);
});

test("when idle no timer runs", async () => {
	const world = new World("exactlyOnce");
	await world.say();
	await finish(world);
	expect(vi.getTimerCount()).toBe(0);
});
