import type { Browser } from "playwright-core";
import { afterAll, afterEach, beforeAll, expect, test } from "vitest";
import { MAX_VIEW_ENTRIES } from "../../src/shared/chat";
import { message } from "../webview/support/facts";
import { History, spoken } from "./support/history";
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

/** How far texts in sight have moved, in hundredths of a pixel. */
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

test.each([0, 1, 12, 333, 4_000])(
	"a page above moves nothing that is read at %d px",
	async (scrollTop) => {
		const history = new History(5_000, 2_000, 2_400);
		await openAt(history, scrollTop);
		expect(await shiftsDuring(() => panel.tell(history.older()))).toEqual([0]);
	},
);

test.each([1.25, 1.5])("nor where %d device pixels are one of the page", async (scale) => {
	const history = new History(5_000, 2_000, 2_400);
	await openAt(history, 333, scale);
	const shifts = await shiftsDuring(async () => {
		await panel.tell(history.older());
		await panel.tell(history.older());
	});
	expect(shifts).toEqual([0]);
});

test("pages above, loaded one after the other, move nothing", async () => {
	const history = new History(5_000, 2_000, 2_100);
	await openAt(history, 0);
	const shifts = await shiftsDuring(async () => {
		for (let page = 0; page < 2; page++) {
			await panel.tell(history.older());
		}
	});
	expect(shifts).toEqual([0]);
});

test("a page below that evicts the first page moves no visible line", async () => {
	const history = new History(5_000, 2_000, 2_400);
	await openAt(history, 9_000);
	expect(await shiftsDuring(() => panel.tell(history.newer()))).toEqual([0]);
});

test("growing, removed and added messages above move nothing", async () => {
	const history = new History(5_000, 2_000, 2_400);
	await openAt(history, 3_000);
	const grown = spoken(2_003, { text: "line\n".repeat(40) });
	const shifts = await shiftsDuring(() =>
		panel.tell({
			type: "changes",
			seq: 0,
			changes: [{ type: "entriesChanged", upserts: [grown], removed: ["m2001", "m2399"] }],
		}),
	);
	expect(shifts).toEqual([0]);
});

test("a block above that is unfolded moves nothing", async () => {
	const history = new History(300);
	await openAt(history);
	const code = `\`\`\`\n${"line\n".repeat(300)}\`\`\``;
	await panel.tell({
		type: "changes",
		seq: 0,
		changes: [{ type: "entriesChanged", upserts: [spoken(100, { text: code })], removed: [] }],
	});
	await panel.scrollTo(7_000);
	const shifts = await shiftsDuring(async () => {
		await panel.log.locator(".code-unfold").evaluate((button: HTMLElement) => button.click());
		await panel.log.locator(".code-unfold").waitFor({ state: "detached" });
		await panel.drawn();
	});
	expect(shifts).toEqual([0]);
});

test("a narrower panel keeps the first visible line", async () => {
	await openAt(new History(300), 3_000);
	const [first = ""] = await panel.inSight();
	const before = await panel.topsOf(first);
	await panel.page.setViewportSize({ width: 220, height: 640 });
	await panel.page.waitForFunction(() => innerWidth === 220);
	await panel.drawn();
	const after = await panel.topsOf(first);
	expect(Math.round(after[0]! - before[0]!)).toBe(0);
});

test("a reader at the end stays at the end when entries come and go", async () => {
	const history = new History(5_000);
	await openAt(history);
	for (let count = 0; count < 5; count++) {
		await panel.tell(history.live());
	}
	const below = await panel.log.evaluate(
		(log) => log.scrollHeight - log.clientHeight - log.scrollTop,
	);
	expect([Math.round(below), (await panel.inSight()).at(-1)]).toEqual([0, "m5004"]);
});

test("a reader at the end stays there when the composer was smaller for a moment", async () => {
	const history = new History(5_000);
	await openAt(history);
	await panel.log.press("End");
	await panel.page.waitForTimeout(400);
	// As while a box is emptied: the browser takes the log down no further than the moment allows.
	await panel.log.evaluate(async (log) => {
		const composer = document.querySelector<HTMLElement>(".composer")!;
		composer.style.marginTop = "-20px";
		const { scrollTop } = log;
		composer.style.marginTop = "";
		await new Promise((resolve) => requestAnimationFrame(() => setTimeout(resolve)));
		return scrollTop;
	});
	await panel.tell(history.live(), history.live(), history.live());
	expect([(await panel.inSight()).at(-1), panel.turnsIn(1).at(-1)]).toEqual(["m5002", true]);
});

test("a message that comes does not bring back a reader who leaves the end by small turns of the wheel", async () => {
	const history = new History(5_000);
	await openAt(history);
	await panel.log.hover();
	// The clock stands still: a turn of the wheel counts for 250 ms, which a slow machine exceeds.
	await panel.page.evaluate(() => {
		const now = performance.now();
		performance.now = () => now;
	});
	const { sender, sentMs } = spoken(4_999);
	const below: number[] = [];
	for (let turn = 0; turn < 3; turn++) {
		const from = await panel.log.evaluate((log) => log.scrollTop);
		await panel.page.mouse.wheel(0, -6);
		await panel.page.waitForFunction(
			(top) => document.querySelector(".log")!.scrollTop < top,
			from,
		);
		const said = spoken(5_000 + turn, { text: "ok", sender, sentMs });
		await panel.tell({
			type: "changes",
			seq: 0,
			changes: [{ type: "entriesChanged", upserts: [said], removed: [`m${4_600 + turn}`] }],
		});
		below.push(
			await panel.log.evaluate((log) => log.scrollHeight - log.clientHeight - log.scrollTop),
		);
	}
	const isFurther = below.map((px, turn) => px > (below[turn - 1] ?? 0) + 6);
	expect([isFurther, panel.turnsIn(1)]).toEqual([
		[true, true, true],
		[true, false],
	]);
});

test("a reader further up stays in place while messages come, and sees their number", async () => {
	const history = new History(5_000);
	await openAt(history);
	await panel.scrollTo(3_000);
	const shifts = await shiftsDuring(async () => {
		for (let count = 0; count < 3; count++) {
			await panel.tell(history.live(false));
		}
	});
	expect([
		shifts,
		panel.turnsIn(1),
		await panel.page.getByRole("button", { name: "3 new messages" }).count(),
	]).toEqual([[0], [true, false], 1]);
});

test("older pages load by themselves up to the beginning, one request for each", async () => {
	const history = new History(1_000);
	panel = await PanelPage.open(browser, {
		answer: async (wish, page) => {
			const fact = history.answer(wish);
			if (fact !== undefined) {
				await page.tell(fact);
			}
		},
	});
	await panel.tell(history.snapshot());
	for (let page = 1; page <= 5; page++) {
		await panel.scrollTo(0);
		await panel.untilWished("loadOlder", page);
		await panel.answered();
	}
	for (let tries = 0; tries < 7; tries++) {
		await panel.scrollTo(0);
		await panel.drawn();
	}
	expect([
		panel.wished("loadOlder").length,
		await panel.log.getByText("This is the beginning of #lobby.").count(),
		await panel.messages.count(),
	]).toEqual([5, 1, MAX_VIEW_ENTRIES]);
});

test("the jump button shows the latest message from a view range further up", async () => {
	const history = new History(5_000, 2_000, 2_400);
	panel = await PanelPage.open(browser, {
		answer: async (wish, page) => {
			const fact = wish.type === "goToLatest" ? history.answer(wish) : undefined;
			if (fact !== undefined) {
				await page.tell(fact);
			}
		},
	});
	await panel.tell(history.snapshot());
	await panel.scrollTo(2_000);
	const jump = panel.page.getByRole("button", { name: "Jump to latest" });
	await jump.click();
	await jump.waitFor({ state: "detached" });
	expect([panel.wished("goToLatest").length, (await panel.inSight()).at(-1)]).toEqual([1, "m4999"]);
});

test("End goes to the latest message, Home to the first loaded one", async () => {
	await openAt(new History(300));
	await panel.log.focus();
	await panel.page.keyboard.press("Home");
	await expect.poll(() => panel.log.evaluate((log) => log.scrollTop)).toBe(0);
	await panel.page.keyboard.press("End");
	await expect.poll(async () => (await panel.inSight()).at(-1)).toBe("m299");
});

test("a hit is centred, marked and focused", async () => {
	const history = new History(5_000, 2_000, 2_400);
	panel = await PanelPage.open(browser, { hasClock: true });
	await panel.tell(new History(5_000).snapshot());
	// The mark goes after two seconds, which a busy machine may need to look at it.
	await panel.stopClock();
	await panel.tell({ ...history.snapshot(7) }, { type: "reveal", key: "m2200" });
	const seen = await panel.page.evaluate(() => {
		const line = document.activeElement as HTMLElement;
		const log = line.closest(".log")!.getBoundingClientRect();
		const { top, bottom } = line.getBoundingClientRect();
		return {
			key: line.dataset["key"],
			isMarked: line.hasAttribute("data-revealed"),
			aside: Math.abs(Math.round((top + bottom) / 2 - (log.top + log.bottom) / 2)) <= 1,
		};
	});
	await panel.runClock(2_000);
	expect([seen, await panel.log.locator("[data-revealed]").count()]).toEqual([
		{ key: "m2200", isMarked: true, aside: true },
		0,
	]);
});

test("an own message written further up shows the latest messages", async () => {
	await openAt(new History(5_000, 2_000, 2_400), 2_000);
	await panel.page.getByRole("textbox", { name: "Message", exact: true }).fill("hello");
	await panel.page.keyboard.press("Enter");
	await panel.untilWished("send");
	expect(panel.wished("goToLatest", "send").map(({ type }) => type)).toEqual([
		"goToLatest",
		"send",
	]);
});

test("texts that would block a browser are folded, and can be unfolded", async () => {
	await openAt(new History(50));
	const texts = [
		"x".repeat(1_000_000),
		"word ".repeat(200_000),
		"ab\n".repeat(100_000),
		`\`\`\`\n${"line 12345\n".repeat(100_000)}\`\`\``,
		">".repeat(8_000),
		"[".repeat(8_000),
		"*a_".repeat(2_700),
		`a${"\u0301".repeat(8_000)}`,
	];
	const entries = texts.map((text, index) => message(`m${9_000 + index}`, { text }));
	for (const entry of entries) {
		await panel.tell({
			type: "changes",
			seq: 0,
			changes: [{ type: "entriesChanged", upserts: [entry], removed: [] }],
		});
	}
	for (
		let left = await panel.log.locator(".code-unfold, .markdown-unfold").count();
		left > 0;
		left--
	) {
		await panel.log.locator(".code-unfold, .markdown-unfold").first().click();
	}
	expect(await panel.log.locator(".code-unfold, .markdown-unfold").count()).toBe(0);
});
