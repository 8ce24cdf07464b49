import { readdir, readFile, utimes, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { afterEach, expect, test } from "vitest";
import { removeTemporaryFolder, temporaryFolder } from "../../scripts/lib/processes.mjs";
import { Journal } from "../../src/extension/chat/outbox/journal";
import { readJournal, writeJournal } from "../../src/extension/chat/outbox/journalFile";
import type { Outbox } from "../../src/extension/chat/outbox/outbox";
import { until } from "../support/until";

const PLACE = "http://localhost:3000/#chat#me";
const LONG_AGO = new Date(0);

const folders: string[] = [];
const journals: Journal[] = [];
const warnings: string[] = [];

afterEach(() => {
	for (const journal of journals.splice(0)) {
		journal.dispose();
	}
	for (const folder of folders.splice(0)) {
		removeTemporaryFolder(folder);
	}
	warnings.length = 0;
});

function freshFolder(): string {
	const folder = temporaryFolder("spacetimedb-chat-journal");
	folders.push(folder);
	return folder;
}

function journalIn(folder: string): Journal {
	const journal = new Journal({
		folder,
		log: {
			info: () => undefined,
			warn: (message) => warnings.push(message),
			error: () => undefined,
			show: () => undefined,
		},
	});
	journals.push(journal);
	return journal;
}

function lines(...texts: string[]): Outbox {
	return texts.map((text, index) => ({
		clientId: `id-${text}`,
		text,
		createdMs: Date.now() + index,
		state: "queued",
	}));
}

async function namesIn(folder: string): Promise<string[]> {
	return (await readdir(folder)).sort();
}

/** Ages a file like that of a crashed window, whose last lease renewal is long ago. */
async function crash(folder: string): Promise<void> {
	for (const name of await namesIn(folder)) {
		await utimes(join(folder, name), LONG_AGO, LONG_AGO);
	}
}

test("a save resolves when its lines are on disk", async () => {
	const folder = freshFolder();
	await journalIn(folder).save(PLACE, lines("a", "b"));
	const [name = ""] = await namesIn(folder);
	expect(
		readJournal(await readFile(join(folder, name), "utf8"))
			?.get(PLACE)
			?.map(({ text }) => text),
	).toEqual(["a", "b"]);
});

test("an empty journal has no file", async () => {
	const folder = freshFolder();
	const journal = journalIn(folder);
	await journal.save(PLACE, lines("a"));
	await journal.save(PLACE, []);
	expect(await namesIn(folder)).toEqual([]);
});

test("a new window adopts the lines of a crashed one, as possibly sent", async () => {
	const folder = freshFolder();
	await journalIn(folder).save(PLACE, lines("a"));
	await crash(folder);
	const next = journalIn(folder);
	const adopted = await until("adopted", () => {
		const found = next.resume(PLACE);
		return found.length > 0 && found;
	});
	expect(adopted).toMatchObject([{ clientId: "id-a", state: "queued", isAdopted: true }]);
});

test("a closed window leaves its lines to the next one at once", async () => {
	const folder = freshFolder();
	const first = journalIn(folder);
	await first.save(PLACE, lines("a"));
	first.dispose();
	const next = journalIn(folder);
	expect(await until("adopted", () => next.resume(PLACE).length > 0)).toBe(true);
});

test("the lines of an open window stay with it", async () => {
	const folder = freshFolder();
	await journalIn(folder).save(PLACE, lines("a"));
	const next = journalIn(folder);
	await next.save("elsewhere", lines("b"));
	expect(next.resume(PLACE)).toEqual([]);
});

test("one of ten simultaneous windows adopts the lines, once", async () => {
	const folder = freshFolder();
	await journalIn(folder).save(PLACE, lines("a"));
	await crash(folder);
	const ten = Array.from({ length: 10 }, () => journalIn(folder));
	const taken: string[] = [];
	await until("one has them", () => {
		taken.push(...ten.flatMap((journal) => journal.resume(PLACE).map(({ clientId }) => clientId)));
		return taken.length > 0;
	});
	await Promise.all(ten.map((journal) => journal.save("elsewhere", [])));
	taken.push(...ten.flatMap((journal) => journal.resume(PLACE).map(({ clientId }) => clientId)));
	expect(taken).toEqual(["id-a"]);
});

test("a window that wakes up after the loss of its lease drops its lines", async () => {
	const folder = freshFolder();
	const sleeper = journalIn(folder);
	let isLost = false;
	sleeper.onDidLose(() => {
		isLost = true;
	});
	await sleeper.save(PLACE, lines("a"));
	await crash(folder);
	const next = journalIn(folder);
	await until("adopted", () => next.resume(PLACE).length > 0);
	await expect(sleeper.save(PLACE, lines("a", "b"))).rejects.toThrow(/taken/);
	expect([isLost, sleeper.resume(PLACE)]).toEqual([true, []]);
});

test.each([
	["half a file", '{"version":1,"places":[{"pla'],
	["another version", '{"version":2,"places":[]}'],
	["something else", "hello"],
	["nothing", ""],
	["an entry that is none", '{"version":1,"places":[{"place":"p","entries":[{"text":1}]}]}'],
])("%s is renamed, reported once and not deleted", async (_what, content) => {
	const folder = freshFolder();
	const path = join(folder, "outbox-999999999-x.json");
	await writeFile(path, content);
	await utimes(path, LONG_AGO, LONG_AGO);
	journalIn(folder);
	const [name = ""] = await until("set aside", async () => {
		const names = await namesIn(folder);
		return names.some((found) => found.endsWith(".unreadable")) && names;
	});
	expect([await readFile(join(folder, name), "utf8"), warnings.length]).toEqual([content, 1]);
});

test("other files stay unchanged", async () => {
	const folder = freshFolder();
	await writeFile(join(folder, "notes.txt"), "mine");
	const journal = journalIn(folder);
	await journal.save(PLACE, lines("a"));
	expect((await namesIn(folder)).includes("notes.txt")).toBe(true);
});

test("the journal holds four thousand lines, and no more", () => {
	const journal = journalIn(freshFolder());
	const many = lines(...Array.from({ length: 4_000 }, (_, index) => `${index}`));
	expect([
		journal.spaceProblem(PLACE, many),
		typeof journal.spaceProblem(PLACE, [...many, ...lines("one more")]),
	]).toEqual([undefined, "string"]);
});

test("the journal holds sixteen megabytes, and no more", () => {
	const journal = journalIn(freshFolder());
	const long = lines("x".repeat(16 * 1024 * 1024));
	expect([
		journal.spaceProblem(PLACE, long),
		typeof journal.spaceProblem(PLACE, [...long, ...lines("y")]),
	]).toEqual([undefined, "string"]);
});

test("lines for a database without a connection for eight days are dropped", () => {
	const nineDaysMs = 9 * 24 * 60 * 60 * 1_000;
	const text = writeJournal(new Map([[PLACE, lines("old")]]));
	expect(readJournal(text, Date.now() + nineDaysMs)?.get(PLACE)).toEqual([]);
});

test("a failed line stays failed with its reason, and a line in flight is to be sent", () => {
	const [line] = lines("a");
	const content = new Map<string, Outbox>([
		[
			PLACE,
			[
				{ ...line!, state: "failed", reason: "No way." },
				{ ...line!, clientId: "b", state: "inFlight" },
				{ ...line!, clientId: "c", state: "acked" },
			],
		],
	]);
	const read = readJournal(writeJournal(content))?.get(PLACE) ?? [];
	expect(read.map(({ state, reason }) => [state, reason])).toEqual([
		["failed", "No way."],
		["queued", undefined],
		["queued", undefined],
	]);
});

test("an unfinished write of a dead window is dropped, and finished ones stay", async () => {
	const folder = freshFolder();
	await journalIn(folder).save(PLACE, lines("a"));
	const [name = ""] = await namesIn(folder);
	await writeFile(join(folder, `${name}.draft`), "half a jour");
	await crash(folder);
	const journal = journalIn(folder);
	await until("the line is taken over", async () => (await namesIn(folder))[0] !== name);
	await journal.save(PLACE, journal.resume(PLACE));
	await until("the draft is gone", async () => (await namesIn(folder)).length === 1);
	const [left = ""] = await namesIn(folder);
	expect(readJournal(await readFile(join(folder, left), "utf8"))?.get(PLACE)?.length).toBe(1);
});
