import { afterEach, beforeEach, expect, test, vi } from "vitest";
import type { ChatSession } from "../../src/extension/chat/session";
import { AwayWatch } from "../../src/extension/ambient/presence";

const MINUTE_MS = 60_000;

/** The window and the chat, as the test plays them. */
const world = vi.hoisted(() => ({
	changeWindow: undefined as ((state: { active: boolean }) => void) | undefined,
	isActive: true,
	minutes: 10,
	said: [] as string[],
	mine: "available",
}));

vi.mock("vscode", () => ({
	window: {
		get state() {
			return { active: world.isActive };
		},
		onDidChangeWindowState: (listener: (state: { active: boolean }) => void) => {
			world.changeWindow = listener;
			return { dispose: () => undefined };
		},
	},
	workspace: { getConfiguration: () => ({ get: () => world.minutes }) },
}));

/** As much of a session as the watch looks at. */
class PlayedSession {
	state = { kind: "online" };
	readonly people = { me: "me", get: () => ({ availability: world.mine }) };
	readonly roomsApi = {
		call: ({ availability }: { availability: string }) => world.said.push(availability),
	};
	changeState: () => void = () => undefined;
	readonly connection = {
		onDidChangeState: (listener: () => void) => {
			this.changeState = listener;
			return { dispose: () => undefined };
		},
	};

	becomes(kind: string): void {
		this.state = { kind };
		this.changeState();
	}
}

let session: PlayedSession;
let watch: AwayWatch;
const isActive = (active: boolean) => world.changeWindow?.({ active });

beforeEach(() => {
	vi.useFakeTimers();
	Object.assign(world, { isActive: true, minutes: 10, said: [], mine: "available" });
	session = new PlayedSession();
	watch = new AwayWatch(session as unknown as ChatSession);
});
afterEach(() => {
	watch.dispose();
	vi.useRealTimers();
});

/** Timers that run, before and after a time in minutes. */
function timersOver(minutes: number): [number, number] {
	const before = vi.getTimerCount();
	vi.advanceTimersByTime(minutes * MINUTE_MS);
	return [before, vi.getTimerCount()];
}

test("S8: who does nothing costs one timer until they are away, and none after", () => {
	isActive(false);
	expect([...timersOver(10), world.said]).toEqual([1, 0, ["away"]]);
});

test("S8: who does something costs no timer", () => {
	isActive(false);
	isActive(true);
	expect([vi.getTimerCount(), world.said]).toEqual([0, []]);
});

test("S8: without a connection there is no timer", () => {
	session.becomes("waiting");
	isActive(false);
	expect([...timersOver(60), world.said]).toEqual([0, 0, []]);
});

test("who is away is available again with the first thing they do", () => {
	isActive(false);
	timersOver(10);
	isActive(true);
	expect(world.said).toEqual(["away", "available"]);
});

test("a reconnect does not begin the ten minutes anew", () => {
	isActive(false);
	timersOver(6);
	session.becomes("waiting");
	timersOver(2);
	session.becomes("online");
	expect([...timersOver(2), world.said]).toEqual([1, 0, ["away"]]);
});

test("who went idle without a connection is away once there is one", () => {
	session.becomes("waiting");
	isActive(false);
	timersOver(30);
	session.becomes("online");
	timersOver(0);
	expect(world.said).toEqual(["away"]);
});

test("who does nothing from the start is away too", () => {
	watch.dispose();
	world.isActive = false;
	watch = new AwayWatch(session as unknown as ChatSession);
	timersOver(10);
	expect(world.said).toEqual(["away"]);
});

test("who said busy stays busy", () => {
	world.mine = "busy";
	isActive(false);
	timersOver(10);
	isActive(true);
	expect(world.said).toEqual([]);
});

test("nobody is away by itself who does not want that", () => {
	world.minutes = 0;
	isActive(false);
	expect([...timersOver(60), world.said]).toEqual([0, 0, []]);
});

test("nothing runs once the watch is disposed", () => {
	isActive(false);
	watch.dispose();
	expect(vi.getTimerCount()).toBe(0);
});
