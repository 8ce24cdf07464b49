import { beforeEach, expect, test, vi } from "vitest";
import type { ExtensionContext, Memento } from "vscode";
import { LateChat } from "../../src/extension/lateChat";
import { Memory } from "../../src/extension/platform/memory";

/** The made parts of the chat, and the messages to the person. */
const world = vi.hoisted(() => ({
	made: 0,
	disposed: 0,
	channels: 0,
	isBroken: false,
	ran: [] as string[],
	told: [] as string[],
}));

vi.mock("vscode", () => ({
	l10n: { t: (message: string) => message },
	window: {
		createOutputChannel: () => {
			world.channels++;
			return { error: () => undefined, dispose: () => world.channels-- };
		},
		showErrorMessage: async (message: string) => {
			world.told.push(message);
			return Promise.resolve(undefined);
		},
	},
}));
vi.mock("../../src/extension/chatParts", () => ({
	ChatParts: class {
		constructor() {
			if (world.isBroken) {
				throw new Error("Cannot find module");
			}
			world.made++;
		}
		run(name: string): void {
			world.ran.push(name);
		}
		dispose(): void {
			world.disposed++;
		}
	},
}));

let chat: LateChat;

beforeEach(() => {
	Object.assign(world, { made: 0, disposed: 0, channels: 0, isBroken: false, ran: [], told: [] });
	chat = new LateChat({} as ExtensionContext, new Memory({} as Memento));
});

test("the chat is not made before the first request", () => {
	expect([world.made, world.channels]).toEqual([0, 0]);
});

test("two commands at once load the chat once, and both run", async () => {
	await Promise.all([chat.run("connect", undefined), chat.run("openPanel", undefined)]);
	expect([world.made, world.ran]).toEqual([1, ["connect", "openPanel"]]);
});

test("everything made is disposed, the log too", async () => {
	await chat.load();
	chat.dispose();
	expect([world.disposed, world.channels]).toEqual([1, 0]);
});

test("a chat disposed during loading makes nothing", async () => {
	const ran = chat.run("connect", undefined);
	chat.dispose();
	await ran;
	expect([world.made, world.channels, world.ran]).toEqual([0, 0, []]);
});

test("a failure is reported, and the next request tries again", async () => {
	world.isBroken = true;
	await chat.run("connect", undefined);
	world.isBroken = false;
	await chat.run("reconnect", undefined);
	expect([world.told.length, world.channels, world.ran]).toEqual([1, 1, ["reconnect"]]);
});
