import * as assert from "node:assert/strict";
import { basename, dirname, join } from "node:path";
import { after, before, beforeEach, describe, it } from "mocha";
import * as vscode from "vscode";
import manifest from "../../../package.json";
import type { ChatParts } from "../../../src/extension/chatParts";
import type { TestAccess } from "../../../src/extension/extension";
import { until } from "../../support/until";
import { RunningTimers } from "./runningTimers";

const ID = `${manifest.publisher}.${manifest.name}`;

/**
 * Nobody hides a panel sooner after it has come. VS Code 1.100.3 in a browser loses webviews, anybody's,
 * when one is hidden while their service worker starts.
 */
const AS_A_PERSON_MS = 400;

/** As in src/extension/database/wire/socket.ts, which is not to be bundled a second time. */
const SILENCE_LIMIT_MS = 35_000;
/** A question over HTTP has 15 s for its answer, and that timer runs on when the answer has come. */
const SETTLED_AFTER_MS = 120_000;
/** Longer than any pause of ours but that one. */
const OBSERVED_MS = 6_000;

async function pause(durationMs: number): Promise<void> {
	await new Promise((wake) => setTimeout(wake, durationMs));
}

/** Names of the host's files that Node has loaded. */
function loadedFiles(dist: string): string[] {
	return Object.keys(require.cache)
		.filter((path) => dirname(path) === dist)
		.map((path) => basename(path))
		.sort();
}

/** The tests, defined for the mocha that `run` made. */
export function defineSuite(): void {
	describe("the extension", () => {
		let timers: RunningTimers;
		let access: TestAccess;
		let loadedAtFirst: string[];
		let loadedByNeed: string[];
		let chat: ChatParts;

		before(async () => {
			const extension = vscode.extensions.getExtension<TestAccess>(ID);
			assert.ok(extension !== undefined, `${ID} is not installed`);
			const dist = join(extension.extensionPath, "dist");
			timers = new RunningTimers(dist);
			access = await extension.activate();
			loadedAtFirst = loadedFiles(dist);
			chat = (await access.chat.load())!;
			loadedByNeed = loadedFiles(dist);
		});

		after(() => timers.stop());

		async function connected(): Promise<void> {
			await vscode.commands.executeCommand("spacetimedbChat.connect");
			await until("online", () => chat.session.state.kind === "online");
		}

		describe("at the start", () => {
			it("S6: loads the chat when it is needed, and the SDK not before a connection is", () => {
				assert.deepEqual(
					[loadedAtFirst, loadedByNeed],
					[["extension.js"], ["chat.js", "extension.js"]],
				);
			});

			it("connects to nothing for somebody who has not used it", () => {
				assert.equal(chat.session.state.kind, "disconnected");
			});

			it("has every command of the manifest, and no other", async () => {
				const registered = (await vscode.commands.getCommands(true)).filter(
					(id) => id.startsWith("spacetimedbChat.") && !id.startsWith("spacetimedbChat.panel."),
				);
				const declared = manifest.contributes.commands.map(({ command }) => command);
				assert.deepEqual(registered.sort(), declared.sort());
			});

			it("says in the status bar that it is disconnected", () => {
				assert.equal(chat.statusBar.label, "SpacetimeDB Chat: disconnected");
			});
		});

		describe("disconnected", () => {
			beforeEach(async () => {
				if (chat.session.connection.isWanted) {
					await vscode.commands.executeCommand("spacetimedbChat.disconnect");
				}
			});

			for (const name of ["setName", "sendMessage", "copyIdentity", "disconnect"]) {
				it(`answers ${name} without an error that nobody handles`, async () => {
					await vscode.commands.executeCommand(`spacetimedbChat.${name}`, "x");
					assert.equal(chat.session.state.kind, "disconnected");
				});
			}

			it("shows the log", async () => {
				await vscode.commands.executeCommand("spacetimedbChat.showLog");
				assert.equal(chat.session.state.kind, "disconnected");
			});
		});

		describe("connected", () => {
			before(connected);

			it("keeps the token in SecretStorage under the server and the database", async () => {
				const key = chat.session.address?.key ?? "";
				const token = await until("the token is kept", async () =>
					access.secrets.get(`spacetimedbChat.token:${key}`),
				);
				assert.ok(token.length > 100, "what is kept is no token");
			});

			it("counts the people online in the status bar", async () => {
				await until("the count", () => chat.statusBar.label === "1 person online");
			});

			it("sets the name and sends by command", async () => {
				await vscode.commands.executeCommand("spacetimedbChat.setName", "Ada");
				await vscode.commands.executeCommand("spacetimedbChat.sendMessage", "from a command");
				const { people, openRoom } = chat.session;
				const message = await until("the message is sent", () =>
					openRoom.log
						.timeline()
						.find((entry) => entry.kind === "message" && entry.state.kind === "sent"),
				);
				assert.deepEqual(
					[message.kind === "message" && message.text, people.get(people.me ?? "")?.name],
					["from a command", "Ada"],
				);
			});

			it("copies the identity", async () => {
				await vscode.commands.executeCommand("spacetimedbChat.copyIdentity");
				assert.equal(await vscode.env.clipboard.readText(), chat.session.people.me);
			});

			it("is the same person after a reconnect", async () => {
				const { me } = chat.session.people;
				await vscode.commands.executeCommand("spacetimedbChat.reconnect");
				await until("online", () => chat.session.state.kind === "online");
				assert.equal(chat.session.people.me, me);
			});
		});

		describe("the panel", () => {
			before(connected);
			after(async () => {
				await vscode.commands.executeCommand("vscode.moveViews", {
					viewIds: ["spacetimedbChat.panel"],
					destinationId: "workbench.view.extension.spacetimedbChat",
				});
			});

			it("opens by command and asks for its content", async () => {
				await vscode.commands.executeCommand("spacetimedbChat.openPanel");
				await until("the view is ready", () => chat.view.isReady);
			});

			it("asks anew each time it is shown, and leaves no listener behind", async function () {
				this.timeout(600_000);
				await vscode.commands.executeCommand("spacetimedbChat.openPanel");
				await until("the view is ready", () => chat.view.isReady);
				const before = chat.view.listenerCount;
				for (let count = 0; count < 100; count++) {
					await pause(AS_A_PERSON_MS);
					await vscode.commands.executeCommand("workbench.view.explorer");
					await until("hidden", () => !chat.view.isReady);
					await vscode.commands.executeCommand("spacetimedbChat.panel.focus");
					await until(`shown for the ${count + 1}th time`, () => chat.view.isReady);
				}
				assert.equal(chat.view.listenerCount, before);
			});

			it("can be moved to the lower panel and back, and leaves no listener behind", async () => {
				const before = chat.view.listenerCount;
				for (const destinationId of [
					"workbench.panel.markers",
					"workbench.view.extension.spacetimedbChat",
				]) {
					await pause(AS_A_PERSON_MS);
					await vscode.commands.executeCommand("vscode.moveViews", {
						viewIds: ["spacetimedbChat.panel"],
						destinationId,
					});
					await vscode.commands.executeCommand("spacetimedbChat.panel.focus");
					await until("shown", () => chat.view.isReady);
				}
				assert.equal(chat.view.listenerCount, before);
			});
		});

		// Away after a while is its own timer, tested in test/unit/presence.test.ts and off in this window.
		describe("hidden and idle", () => {
			it("S8: runs no timer but the one that watches whether the socket lives", async function () {
				this.timeout(240_000);
				await vscode.commands.executeCommand("spacetimedbChat.openPanel");
				await until("the view is ready", () => chat.view.isReady);
				await vscode.commands.executeCommand("spacetimedbChat.reconnect");
				await until("online", () => chat.session.state.kind === "online");
				await pause(AS_A_PERSON_MS);
				await vscode.commands.executeCommand("workbench.view.explorer");
				await until("hidden", () => !chat.view.isReady);
				// The socket looks again after 35 s, which a busy machine may need to come here.
				const others = () => timers.started.filter(({ delayMs }) => delayMs !== SILENCE_LIMIT_MS);
				let [started, sinceMs] = [others().length, Date.now()];
				await until(
					"what belongs to connecting is over, and nothing has begun since",
					() => {
						if (others().length !== started || timers.running.length > 1) {
							[started, sinceMs] = [others().length, Date.now()];
						}
						return Date.now() - sinceMs >= OBSERVED_MS;
					},
					SETTLED_AFTER_MS,
				);
				assert.deepEqual(
					[timers.running, others().length - started],
					[[{ delayMs: SILENCE_LIMIT_MS, isRepeated: false }], 0],
				);
			});
		});
	});
}
