import { afterAll, beforeAll, expect, test } from "vitest";
import type { WorkbenchWindow } from "../../scripts/lib/workbench.mjs";
import { MAX_VIEW_ENTRIES } from "../../src/shared/chat";
import { numbersIn, range, walkUpTo } from "../support/logWalk";
import { oursWithMessages } from "../support/manyMessages";
import { Scene } from "../support/scene";
import { until } from "../support/until";

const COUNT = 200_000;
const MINUTE_MS = 60_000;
const WALKED = 2_000;

let scene: Scene;
let window: WorkbenchWindow;

beforeAll(async () => {
	scene = await Scene.set("newest", (server, database) =>
		oursWithMessages(server, database, COUNT, MINUTE_MS),
	);
	window = await scene.window();
	await window.peopleOnline.waitFor();
});
afterAll(async () => {
	await scene.strike();
});

const numbers = () => numbersIn(window);

test("of two hundred thousand messages the newest are shown, and few are held", async () => {
	await until("the newest is there", async () => (await numbers()).at(-1) === COUNT - 1, 60_000);
	const shown = await numbers();
	expect([shown, shown.length <= MAX_VIEW_ENTRIES]).toEqual([
		range(shown[0] ?? 0, COUNT - 1),
		true,
	]);
});

test("scrolling up through two thousand, nothing is missing and nothing jumps", async () => {
	const walk = await walkUpTo(window, COUNT - 1 - WALKED);
	const [oldest = 0] = walk.met;
	expect([
		walk.met,
		walk.jumps,
		walk.most <= MAX_VIEW_ENTRIES,
		oldest <= COUNT - 1 - WALKED,
	]).toEqual([range(oldest, COUNT - 1), 0, true, true]);
});

test("a hit far away is put into the middle, with what was said around it", async () => {
	await window.run("Chat: Search Messages");
	const field = window.panel.getByRole("combobox", { name: "Search messages" });
	await until(
		"the search finds it",
		async () => {
			await field.fill("");
			await field.fill("1234 text");
			const hit = window.panel.getByRole("option").filter({ hasText: "text 1234" });
			await hit.first().waitFor({ timeout: 5_000 });
			return true;
		},
		120_000,
	);
	await window.panel.getByRole("option").filter({ hasText: "text 1234" }).first().click();
	await until("its page is shown", async () => (await numbers()).includes(1_234));
	const found = window.messages.locator(".body", { hasText: /^\s*text 1234\s*$/ });
	const shown = await numbers();
	const box = await found.boundingBox();
	const log = await window.log.boundingBox();
	const middle = (box?.y ?? 0) - (log?.y ?? 0);
	expect([shown, middle > 0 && middle < (log?.height ?? 0)]).toEqual([
		range(shown[0] ?? 0, shown.at(-1) ?? 0),
		true,
	]);
});

test("coming back to the latest shows what was said last, also what was said meanwhile", async () => {
	const terminal = await scene.terminal();
	terminal.say("said meanwhile");
	await window.panel.getByRole("button", { name: /new message/ }).click();
	await window.messages.filter({ hasText: "said meanwhile" }).waitFor();
	const shown = await numbers();
	expect(shown).toEqual(range(shown[0] ?? 0, COUNT - 1));
});

test("a day is gone to by its date", async () => {
	const day = new Date(Date.now() - 100 * 24 * 60 * MINUTE_MS).toISOString().slice(0, 10);
	await window.run("Chat: Go to Date");
	await window.answer(day);
	const expected = COUNT - 100 * 24 * 60;
	await until("it is shown", async () => {
		const shown = await numbers();
		return shown.some((number) => Math.abs(number - expected) < 24 * 60 + 10);
	});
	const shown = await numbers();
	expect(shown).toEqual(range(shown[0] ?? 0, shown.at(-1) ?? 0));
});
