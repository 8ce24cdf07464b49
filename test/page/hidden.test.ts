import type { Browser } from "playwright-core";
import { afterAll, afterEach, beforeAll, expect, test } from "vitest";
import { History } from "./support/history";
import { PanelPage, startBrowser } from "./support/panelPage";

let browser: Browser;
let panel: PanelPage;

beforeAll(async () => {
	browser = await startBrowser();
});
afterAll(() => browser.close());
afterEach(async () => {
	const { errors } = panel;
	await panel.page.close();
	expect(errors).toEqual([]);
});

/** Returns the distances that visible texts have moved, in hundredths of a pixel. */
async function shiftsDuring(act: () => Promise<unknown>): Promise<number[]> {
	const keys = await panel.inSight();
	const before = await panel.topsOf(...keys);
	await act();
	const after = await panel.topsOf(...keys);
	return [...new Set(after.map((top, index) => Math.round((top - before[index]!) * 100)))];
}

/** A panel with a talk, whose host answers nothing by itself. */
async function openAt(history: History, scrollTop?: number, scale = 1): Promise<void> {
	panel = await PanelPage.open(browser, { scale });
	await panel.tell(history.snapshot());
	if (scrollTop !== undefined) {
		await panel.scrollTo(scrollTop);
	}
}

/** Closes the panel as VS Code does one that is hidden, and opens it again with what it stored. */
async function hideAndShow(history: History, scale = 1): Promise<void> {
	const stored = await panel.page.evaluate(() => (globalThis as { stored?: unknown }).stored);
	await panel.page.close();
	panel = await PanelPage.open(browser, { scale, stored });
	await panel.tell(history.snapshot());
}

/** Waits until the view has noted where its reader is. */
async function noted(): Promise<void> {
	await panel.page.waitForFunction(() => {
		const { stored } = globalThis as { stored?: { places?: unknown[] } };
		return (stored?.places?.length ?? 0) > 0;
	});
}

test.each([
	[12, 1],
	[333, 1],
	[4_000, 1.25],
	[4_001, 1.5],
])(
	"a panel that was hidden shows what was read at %d px at the same pixel (× %d)",
	async (at, scale) => {
		const history = new History(5_000);
		await openAt(history, at, scale);
		await noted();
		const shifts = await shiftsDuring(async () => {
			history.live(false);
			await hideAndShow(history, scale);
		});
		expect([shifts, panel.wished("ready", "scrolled")]).toEqual([
			[0],
			[
				{ type: "ready", reading: 1 },
				{ type: "scrolled", room: 1, isAtLatest: false },
			],
		]);
	},
);

test("a panel hidden at the end is at the end, with the messages since", async () => {
	const history = new History(5_000);
	await openAt(history, 333);
	await noted();
	await panel.log.press("End");
	await panel.page.waitForFunction(() => {
		const { stored } = globalThis as { stored?: { places?: unknown[] } };
		return stored?.places?.length === 0;
	});
	history.live();
	await hideAndShow(history);
	expect([(await panel.inSight()).at(-1), panel.wished("ready", "scrolled")]).toEqual([
		"m5000",
		[{ type: "ready" }, { type: "scrolled", room: 1, isAtLatest: true }],
	]);
});

test("a hidden panel whose read messages are gone follows the latest message", async () => {
	await openAt(new History(5_000), 333);
	await noted();
	await hideAndShow(new History(9_000));
	expect([(await panel.inSight()).at(-1), panel.wished("scrolled")]).toEqual([
		"m8999",
		[{ type: "scrolled", room: 1, isAtLatest: true }],
	]);
});
