import { readdir, utimes } from "node:fs/promises";
import { join } from "node:path";
import fc from "fast-check";
import { expect, test } from "vitest";
import { removeTemporaryFolder, temporaryFolder } from "../../scripts/lib/processes.mjs";
import { Journal } from "../../src/extension/chat/outbox/journal";
import type { OutboxEntry } from "../../src/extension/chat/outbox/outbox";
import { until } from "../support/until";

const PLACE = "http://localhost:3000/#chat#me";
const LONG_AGO = new Date(0);
const log = {
	info: () => undefined,
	warn: () => undefined,
	error: () => undefined,
	show: () => undefined,
};

function line(id: string): OutboxEntry {
	return { clientId: id, text: id, createdMs: Date.now(), state: "queued" };
}

/** A window with the lines that it may send. */
class Window {
	readonly journal: Journal;
	lines: OutboxEntry[] = [];

	constructor(folder: string) {
		this.journal = new Journal({ folder, log });
		this.journal.onDidAdopt(() => this.look());
		this.journal.onDidLose(() => {
			this.lines = [];
		});
	}

	/** Saves new lines first, with the others, as the delivery does. */
	look(): void {
		const here = new Set(this.lines.map(({ clientId }) => clientId));
		const taken = this.journal.resume(PLACE).filter(({ clientId }) => !here.has(clientId));
		if (taken.length > 0) {
			this.lines = [...taken, ...this.lines];
			void this.journal.save(PLACE, this.lines).catch(() => undefined);
		}
	}

	async save(): Promise<void> {
		await this.journal.save(PLACE, this.lines);
	}
}

type Step = "type" | "typeMore" | "sent" | "open" | "close" | "crash";

test(
	"in any order of windows that type, send, close and crash, each line belongs to exactly one window",
	{ timeout: 120_000 },
	async () => {
		const anyStep = fc.constantFrom<Step>(
			"type",
			"type",
			"typeMore",
			"sent",
			"open",
			"close",
			"crash",
		);
		await fc.assert(
			fc.asyncProperty(fc.array(anyStep, { maxLength: 14 }), async (steps) => {
				const folder = temporaryFolder("spacetimedb-chat-journal");
				/** The reference: safe and unsent lines. */
				const safe = new Set<string>();
				let windows = [new Window(folder)];
				let typed = 0;
				/** Lets an open window adopt all lines of closed ones. */
				const settle = async () => {
					await until("every line belongs to a window", () => {
						const held = windows.flatMap(({ lines }) => lines.map(({ clientId }) => clientId));
						return safe.size === held.length && held.every((id) => safe.has(id));
					});
				};
				const leave = async (window: Window, isCrash: boolean) => {
					await window.save().catch(() => undefined);
					windows = windows.filter((other) => other !== window);
					const before = isCrash ? await readdir(folder).catch(() => []) : [];
					window.journal.dispose();
					for (const name of before) {
						await utimes(join(folder, name), LONG_AGO, LONG_AGO).catch(() => undefined);
					}
				};
				for (const [index, step] of steps.entries()) {
					const window = windows[index % windows.length]!;
					if (step === "type" || step === "typeMore") {
						const id = `line ${typed++}`;
						window.lines.push(line(id));
						await window.save();
						safe.add(id);
					} else if (step === "sent") {
						const [first] = window.lines.splice(0, 1);
						await window.save();
						if (first !== undefined) {
							safe.delete(first.clientId);
						}
					} else if (step === "open") {
						windows.push(new Window(folder));
						await settle();
					} else if (windows.length === 1) {
						// The next window opens after the last one has closed.
						await leave(window, step === "crash");
						windows = [new Window(folder)];
						await settle();
					}
				}
				for (const window of [...windows].reverse()) {
					await leave(window, false);
				}
				windows = [new Window(folder)];
				await settle();
				const held = windows[0]!.lines.map(({ clientId }) => clientId).sort();
				windows[0]!.journal.dispose();
				removeTemporaryFolder(folder);
				expect(held).toEqual([...safe].sort());
			}),
			{ numRuns: 40 },
		);
	},
);
