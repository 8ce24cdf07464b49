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

/** The first message whose text begins in sight, and how far below the log's top that is, in CSS pixels. */
async function firstInSight(): Promise<{ text: string; top: number }> {
	const frame = await window.panelFrame();
	return frame.evaluate(() => {
		const log = document.querySelector("[role=log]")!;
		const origin = log.getBoundingClientRect().top;
		const bodies = [...log.querySelectorAll("article[data-kind=message] > .message-body")];
		const first = bodies.find((body) => body.getBoundingClientRect().top >= origin);
		return {
			text: first?.textContent.trim() ?? "",
			top: (first?.getBoundingClientRect().top ?? NaN) - origin,
		};
	});
}

/**
 * Waits until the panel has noted where the reader is: it does so a moment after the last scroll. On the
 * panel's own clock, whose timers fire in order however busy the machine is.
 */
async function rest(): Promise<void> {
	const frame = await window.panelFrame();
	await frame.evaluate(
		() =>
			new Promise((resolve) => {
				requestAnimationFrame(() => requestAnimationFrame(() => setTimeout(resolve, 1_000)));
			}),
	);
}

/** Shows another view in the panel's place, lets something happen, and shows the panel again. */
async function whileHidden(act: () => Promise<void>): Promise<void> {
	await window.page.locator(".activitybar").getByRole("tab", { name: "Explorer" }).click();
	await window.page.locator("iframe.webview").waitFor({ state: "detached" });
	await act();
	await window.activity.click();
	await window.messages.first().waitFor();
}

test("a panel that was hidden is where one was reading, to the pixel, whatever was said meanwhile", async () => {
	const before = await firstInSight();
	await rest();
	const terminal = await scene.terminal();
	await whileHidden(async () => {
		terminal.say("said to a hidden panel");
		await terminal.sees(/: said to a hidden panel$/);
	});
	const after = await until("the place is there", async () => {
		const first = await firstInSight();
		return first.text === before.text ? first : undefined;
	});
	expect(after).toEqual(before);
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
	const found = window.messages.locator(".message-body", { hasText: /^\s*text 1234\s*$/ });
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

test("a panel that was hidden at the end is at the end, with what was said meanwhile", async () => {
	const terminal = await scene.terminal();
	await rest();
	await whileHidden(async () => {
		terminal.say("said behind its back");
		await terminal.sees(/: said behind its back$/);
	});
	const said = window.messages.filter({ hasText: "said behind its back" });
	await said.waitFor();
	const box = await said.boundingBox();
	const log = await window.log.boundingBox();
	const below = (log?.y ?? 0) + (log?.height ?? 0) - (box?.y ?? 0) - (box?.height ?? 0);
	expect([below >= 0 && below < 100, await window.panel.locator(".log-jump").count()]).toEqual([
		true,
		0,
	]);
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
