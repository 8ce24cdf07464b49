import type * as Zlib from "node:zlib";
import { afterAll, afterEach, beforeAll, expect, test, vi } from "vitest";
import { startServer } from "../../scripts/lib/spacetimedb.mjs";
import { FrameWatch } from "../../src/extension/database/wire/frameWatch";
import { LOBBY } from "./callers";
import { isSoak } from "./size";
import type { Server } from "./chatServer";
import { anyBreak, countForgotten, countUnanswered } from "./breaks";
import { FaultProxy } from "./faultProxy";
import { UNHARMED } from "./found";
import type { RoomKind } from "./meeting";
import { Meeting } from "./meeting";
import { cutPower } from "./powerCut";
import { MemorySecrets } from "./memorySecrets";
import { BulkSender } from "./bulkSender";
import { TestWindow } from "./testWindow";
import { until } from "./until";

/** Sizes in `npm test`, and in `npm run test:soak`. */
const CUTS = isSoak ? 200 : 40;
const SENT_THROUGH_CUTS = isSoak ? 1_000 : 240;
const SERVER_KILLS = isSoak ? 20 : 5;
const FRAMES = isSoak ? 10_000 : 2_000;
const LIMIT_MS = isSoak ? 900_000 : 300_000;

const unpacked = vi.hoisted(() => ({ frames: 0 }));
vi.mock("node:zlib", async (load) => {
	const zlib = await load<typeof Zlib>();
	const gunzipSync: typeof zlib.gunzipSync = (...args) => {
		unpacked.frames++;
		return zlib.gunzipSync(...args);
	};
	return { ...zlib, gunzipSync };
});

let server: Server;
const windows: TestWindow[] = [];
const proxies: FaultProxy[] = [];
let databases = 0;

async function meet(kind: RoomKind, options?: { readonly hasRates: boolean }): Promise<Meeting> {
	return Meeting.begin(server, `delivery-${++databases}`, kind, options);
}

async function proxied(): Promise<FaultProxy> {
	const proxy = await FaultProxy.before(server);
	proxies.push(proxy);
	return proxy;
}

/** Opens a window in the room that reconnects at once, as a window does when it gets the focus. */
async function impatientWindow(
	url: string,
	meeting: Meeting,
	secrets?: MemorySecrets,
): Promise<TestWindow> {
	const window = await TestWindow.online(url, meeting.database, secrets);
	windows.push(window);
	await meeting.admit(window);
	window.session.connection.onDidChangeState(({ kind }) => {
		if (kind === "waiting") {
			setTimeout(() => window.session.connection.retryNow(), 20);
		}
	});
	return window;
}

async function sayAll(window: TestWindow, texts: readonly string[]): Promise<void> {
	for (const text of texts) {
		await window.say(text);
	}
}

async function allSettled(window: TestWindow): Promise<void> {
	await until(
		`the outbox is empty; it is ${JSON.stringify(window.session.delivery.outbox.slice(0, 3))}`,
		() => window.session.delivery.outbox.length === 0,
		LIMIT_MS,
	);
}

/** Declares the tests of delivery to a room of this kind; each file of tests has its own server. */
export function testDelivery(kind: RoomKind): void {
	beforeAll(async () => {
		server = await startServer({ keepData: true });
	});
	afterAll(async () => {
		await server.stop();
	});
	afterEach(async () => {
		for (const window of windows.splice(0)) {
			window.close();
		}
		for (const proxy of proxies.splice(0)) {
			await proxy.stop();
		}
	});

	test(
		"R1: cuts at random bytes lose no message, double none and keep the order",
		{ timeout: LIMIT_MS },
		async () => {
			const meeting = await meet(kind);
			const proxy = await proxied();
			const senders = await Promise.all([0, 1, 2].map(() => impatientWindow(proxy.url, meeting)));
			const unanswered = senders.map(countUnanswered);
			const during = () => unanswered.reduce((sum, { count: each }) => sum + each, 0);
			// A cut of an idle connection proves little, so a quarter of the cuts at least hit a busy one.
			const needsCuts = () => proxy.cuts < CUTS || during() <= CUTS / 4;
			proxy.plan = () => (needsCuts() ? anyBreak() : undefined);
			proxy.cutAll("reset");
			const said = new Map(senders.map((window) => [window.me, [] as string[]]));
			let count = 0;
			// The loop ends when every cut is made and every message is sent.
			while (count < SENT_THROUGH_CUTS || needsCuts()) {
				for (const [index, window] of senders.entries()) {
					const text = `sender ${index} message ${++count}`;
					said.get(window.me)?.push(text);
					await window.say(text);
				}
				await new Promise((wake) => setTimeout(wake, 5));
			}
			await Promise.all(senders.map(allSettled));
			const verdict = await meeting.judge(said);
			console.log(
				`R1 in ${kind}: ${proxy.cuts} cuts, ${during()} while a line was in flight, ${JSON.stringify(verdict)}`,
			);
			expect([verdict, during() > CUTS / 4]).toEqual([{ sent: count, ...UNHARMED }, true]);
		},
	);

	test(
		"R3: a server killed within half a second of an ack loses no message for good",
		{ timeout: LIMIT_MS },
		async () => {
			const meeting = await meet(kind);
			const window = await impatientWindow(server.url, meeting);
			const forgotten = countForgotten(window);
			// The database itself and the owner's row are on the disk.
			await new Promise((wake) => setTimeout(wake, 1_500));
			const said: string[] = [];
			for (let kill = 0; kill < SERVER_KILLS; kill++) {
				for (let count = 0; count < 20; count++) {
					const text = `kill ${kill} message ${count}`;
					said.push(text);
					await window.say(text);
				}
				const last = said.at(-1);
				await until("the last one is acked", () =>
					window.messages.some(({ text, state }) => text === last && state.kind === "sent"),
				);
				const { port, dataDir } = server;
				await server.kill9();
				await cutPower(dataDir, `kill ${kill} message ${10 + Math.floor(Math.random() * 10)}`);
				server = await startServer({ port, dataDir, keepData: true });
				await window.becomes("online", 60_000);
			}
			await allSettled(window);
			const verdict = await meeting.judge(new Map([[window.me, said]]));
			console.log(
				`R3 in ${kind}: ${SERVER_KILLS} server kills, ${forgotten.count} acked lines forgotten, ${JSON.stringify(verdict)}`,
			);
			expect([verdict, forgotten.count >= SERVER_KILLS]).toEqual([
				{ sent: said.length, ...UNHARMED },
				true,
			]);
		},
	);

	test(
		"a slow connection that breaks every frame into pieces loses no message",
		{ timeout: LIMIT_MS },
		async () => {
			const meeting = await meet(kind);
			const proxy = await proxied();
			proxy.slow = { sliceBytes: 97, delayMs: 2 };
			const window = await impatientWindow(proxy.url, meeting);
			const texts = Array.from({ length: 20 }, (_, index) => `slow ${index} ${"x".repeat(200)}`);
			await Promise.all(texts.map((text) => window.say(text)));
			await allSettled(window);
			const verdict = await meeting.judge(new Map([[window.me, texts]]));
			const shown = window.messages.map(({ text }) => text);
			expect([verdict, shown]).toEqual([{ sent: 20, ...UNHARMED }, texts]);
		},
	);

	test(
		"a server that pauses in the middle of a send stores every message once",
		{ timeout: LIMIT_MS },
		async () => {
			const meeting = await meet(kind);
			const window = await impatientWindow(server.url, meeting);
			const texts = Array.from({ length: 40 }, (_, index) => `stopped ${index}`);
			const said = texts.map((text) => window.say(text));
			await until("the first is acked", () =>
				window.messages.some(({ state }) => state.kind === "sent"),
			);
			process.kill(server.pid, "SIGSTOP");
			try {
				await Promise.all(said);
				// Longer than an answer may take: the connection ends, and its calls may still commit.
				await until("the link is given up", () => window.session.state.kind !== "online", 20_000);
			} finally {
				process.kill(server.pid, "SIGCONT");
			}
			await window.becomes("online", 30_000);
			await allSettled(window);
			const verdict = await meeting.judge(new Map([[window.me, texts]]));
			expect(verdict).toEqual({ sent: 40, ...UNHARMED });
		},
	);

	test(
		"R10: two windows of one person, both cut for ten seconds, stay online and send every message once",
		{ timeout: 60_000 },
		async () => {
			const meeting = await meet(kind);
			const proxy = await proxied();
			const secrets = new MemorySecrets();
			const both = [
				await impatientWindow(proxy.url, meeting, secrets),
				await impatientWindow(proxy.url, meeting, secrets),
			];
			const watcher = await impatientWindow(server.url, meeting);
			const me = both[0]?.me ?? "";
			const flips: boolean[] = [];
			watcher.session.people.onDidChange(({ upserts }) => {
				flips.push(...upserts.filter((p) => p.identity === me).map((p) => p.isOnline));
			});
			// The rate limit counts a connection of less than a second as a call.
			await new Promise((wake) => setTimeout(wake, 1_200));
			proxy.isDown = true;
			proxy.cutAll("reset");
			const said = both.map((_, index) =>
				Array.from({ length: 5 }, (_, count) => `window ${index} message ${count}`),
			);
			await Promise.all(both.map((window, index) => sayAll(window, said[index] ?? [])));
			await new Promise((wake) => setTimeout(wake, 9_000));
			proxy.isDown = false;
			await Promise.all(both.map((window) => window.becomes("online", 30_000)));
			await Promise.all(both.map(allSettled));
			// Each window has an order of its own; there is none between windows.
			const verdicts = await Promise.all(
				said.map((texts) => meeting.judge(new Map([[me, texts]]))),
			);
			const offline = flips.filter((isOnline) => !isOnline).length;
			console.log(
				`R10 in ${kind}: 2 windows, ${offline} times offline, ${JSON.stringify(verdicts)}`,
			);
			const unharmed = { sent: 5, ...UNHARMED };
			expect([offline, verdicts]).toEqual([0, [unharmed, unharmed]]);
		},
	);

	test(
		"R11: two thousand lines typed offline drain one at a time and in order, beside messages to another room",
		{ timeout: LIMIT_MS },
		async () => {
			const meeting = await meet(kind);
			const proxy = await proxied();
			const window = await impatientWindow(proxy.url, meeting);
			await meeting.invite(window.me);
			await until("both rooms are known", () => window.session.rooms.get(meeting.otherRoom));
			proxy.isDown = true;
			proxy.cutAll("close");
			await until("it is cut", () => window.session.state.kind !== "online");
			const texts = Array.from({ length: 2_000 }, (_, index) => `offline ${index}`);
			const elsewhere = Array.from({ length: 200 }, (_, index) => `elsewhere ${index}`);
			await Promise.all([
				...texts.map((text) => window.say(text)),
				...elsewhere.map((text) => window.say(text, meeting.otherRoom)),
			]);
			const most = { here: 0, elsewhere: 0, both: 0 };
			window.session.delivery.onDidChange((outbox) => {
				const inFlight = outbox.filter(({ state }) => state === "inFlight");
				const here = inFlight.filter(({ room = LOBBY }) => room === meeting.room).length;
				most.here = Math.max(most.here, here);
				most.elsewhere = Math.max(most.elsewhere, inFlight.length - here);
				most.both = Math.max(most.both, inFlight.length);
			});
			proxy.isDown = false;
			await allSettled(window);
			const verdict = await meeting.judge(new Map([[window.me, texts]]));
			const beside = await meeting.judgeOther(new Map([[window.me, elsewhere]]));
			console.log(
				`R11 in ${kind}: most in flight ${JSON.stringify(most)}, ${JSON.stringify(verdict)}`,
			);
			expect([most, verdict, beside]).toEqual([
				{ here: 1, elsewhere: 1, both: 2 },
				{ sent: 2_000, ...UNHARMED },
				{ sent: 200, ...UNHARMED },
			]);
		},
	);

	test(
		"the rate limit delays the messages of a person who sends too fast, and loses none",
		{ timeout: 60_000 },
		async () => {
			const meeting = await meet(kind, { hasRates: true });
			const window = await impatientWindow(server.url, meeting);
			const texts = Array.from({ length: 30 }, (_, index) => `fast ${index}`);
			await Promise.all(texts.map((text) => window.say(text)));
			await allSettled(window);
			const verdict = await meeting.judge(new Map([[window.me, texts]]));
			expect([verdict, window.messages.every(({ state }) => state.kind === "sent")]).toEqual([
				{ sent: 30, ...UNHARMED },
				true,
			]);
		},
	);

	test(
		"R8: mixed compressed and plain frames leave the same rows as on the server",
		{ timeout: LIMIT_MS },
		async () => {
			const meeting = await meet(kind);
			const window = await impatientWindow(server.url, meeting);
			const arrived: string[] = [];
			const { log } = window.session.openRoom;
			const arrive = log.messageArrived.bind(log);
			log.messageArrived = (row, clientId) => {
				arrived.push(row.text);
				arrive(row, clientId);
			};
			const sender = await BulkSender.connect(server.url, meeting.database);
			await meeting.invite(sender.identity);
			const delivered = vi.spyOn(FrameWatch.prototype, "deliver");
			unpacked.frames = 0;
			let count = 0;
			// A frame may hold several rows, so the filled page is left for the next one.
			while (count < FRAMES || delivered.mock.calls.length < FRAMES) {
				// Only frames above 1,024 bytes are compressed (server 1.3.0).
				sender.send(
					meeting.room,
					count % 3 === 0 ? `${count} ${"long ".repeat(500)}`.trim() : `${count} short`,
				);
				count++;
				if (count % 200 === 0) {
					await until("they arrive", () => arrived.length >= count - 1_000, 60_000);
				}
			}
			await until("all arrived", () => arrived.length >= count, 60_000);
			const frames = delivered.mock.calls.length;
			delivered.mockRestore();
			sender.leave();
			const there = (await meeting.posts()).map(({ text }) => text);
			const differing = there.filter((text, index) => arrived[index] !== text).length;
			console.log(
				`R8 in ${kind}: ${frames} frames, ${unpacked.frames} compressed, ${arrived.length} rows, ${differing} differ`,
			);
			const isMixed = unpacked.frames > frames / 10 && unpacked.frames < (frames * 9) / 10;
			expect([there.length, arrived.length, differing, isMixed]).toEqual([count, count, 0, true]);
		},
	);

	test(
		"R4: the window notices a half-open connection within 35 seconds, and typing goes on",
		{ timeout: 90_000 },
		async () => {
			const meeting = await meet(kind);
			const proxy = await proxied();
			const sender = await impatientWindow(proxy.url, meeting);
			const listener = await impatientWindow(proxy.url, meeting);
			const cutAtMs = Date.now();
			proxy.cutAll("halfOpen");
			const texts = ["typed into the void", "and once more"];
			const accepted = [];
			for (const text of texts) {
				accepted.push((await sender.say(text)).kind);
			}
			await until(
				"the silent window notices",
				() => listener.states.some(({ kind }) => kind === "waiting"),
				40_000,
			);
			const noticedMs = Date.now() - cutAtMs;
			await allSettled(sender);
			const verdict = await meeting.judge(new Map([[sender.me, texts]]));
			console.log(
				`R4 in ${kind}: noticed after ${(noticedMs / 1000).toFixed(0)} s, ${JSON.stringify(verdict)}`,
			);
			expect([noticedMs <= 36_000, accepted, verdict]).toEqual([
				true,
				["accepted", "accepted"],
				{ sent: 2, ...UNHARMED },
			]);
		},
	);
}
