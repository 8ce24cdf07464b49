import { afterEach, beforeEach, expect, test, vi } from "vitest";
import type { ChatSession } from "../../src/extension/chat/session";
import { AwayWatch } from "../../src/extension/ambient/presence";

const MINUTE_MS = 60_000;

/** A window and a chat that the test controls. */
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

/** The part of a session that the watch reads. */
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

/** Returns the numbers of running timers, before and after a time in minutes. */
function timersOver(minutes: number): [number, number] {
	const before = vi.getTimerCount();
	vi.advanceTimersByTime(minutes * MINUTE_MS);
	return [before, vi.getTimerCount()];
}

test("S8: an idle person costs one timer until they are away, and none after", () => {
	isActive(false);
	expect([...timersOver(10), world.said]).toEqual([1, 0, ["away"]]);
});

test("S8: an active person costs no timer", () => {
	isActive(false);
	isActive(true);
	expect([vi.getTimerCount(), world.said]).toEqual([0, []]);
});

test("S8: a window without a connection runs no timer", () => {
	session.becomes("waiting");
	isActive(false);
	expect([...timersOver(60), world.said]).toEqual([0, 0, []]);
});

test("an away person is available again at the first activity", () => {
	isActive(false);
	timersOver(10);
	isActive(true);
	expect(world.said).toEqual(["away", "available"]);
});

test("a reconnect does not restart the ten minutes", () => {
	isActive(false);
	timersOver(6);
	session.becomes("waiting");
	timersOver(2);
	session.becomes("online");
	expect([...timersOver(2), world.said]).toEqual([1, 0, ["away"]]);
});

test("a person idle without a connection is away at the next connection", () => {
	session.becomes("waiting");
	isActive(false);
	timersOver(30);
	session.becomes("online");
	timersOver(0);
	expect(world.said).toEqual(["away"]);
});

test("a person idle from the start is away too", () => {
	watch.dispose();
	world.isActive = false;
	watch = new AwayWatch(session as unknown as ChatSession);
	timersOver(10);
	expect(world.said).toEqual(["away"]);
});

test("a busy person stays busy", () => {
	world.mine = "busy";
	isActive(false);
	timersOver(10);
	isActive(true);
	expect(world.said).toEqual([]);
});

test("a person with the setting 0 is never away automatically", () => {
	world.minutes = 0;
	isActive(false);
	expect([...timersOver(60), world.said]).toEqual([0, 0, []]);
});

test("a disposed watch runs no timer", () => {
	isActive(false);
	watch.dispose();
	expect(vi.getTimerCount()).toBe(0);
});
