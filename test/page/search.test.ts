import type { Browser } from "playwright-core";
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from "vitest";
import type { Hit } from "../../src/shared/chat";
import type { ToHost } from "../../src/shared/requests";
import { ADA, GRACE, ME, NOON_MS } from "../webview/support/facts";
import { History } from "./support/history";
import { PanelPage, startBrowser, type PanelOptions } from "./support/panelPage";
import { THEMES, type ThemeName } from "./support/themes";

const HITS: readonly Hit[] = [
	{ key: "h3", sender: ADA, sentMs: NOON_MS, excerpt: "The backlog opens in one page now." },
	{ key: "h2", sender: ME, sentMs: NOON_MS - 9e8, excerpt: "…one Page more <img src=x>" },
	{ key: "h1", sender: GRACE, sentMs: NOON_MS - 9e10, excerpt: "pages of pages" },
];

let browser: Browser;
let panel: PanelPage;

beforeAll(async () => {
	browser = await startBrowser();
});
afterAll(() => browser.close());
beforeEach(async () => {
	panel = await openPanel({ hasClock: true });
});
afterEach(async () => {
	const { errors } = panel;
	await panel.page.close();
	expect(errors).toEqual([]);
});

/** How long after the last letter the search begins by itself; as in src/webview/search/search.ts. */
const PAUSE_MS = 250;

async function openPanel(options: PanelOptions = {}): Promise<PanelPage> {
	const history = new History(5_000);
	const opened = await PanelPage.open(browser, { ...options, answer });
	await opened.tell(history.snapshot());
	return opened;
}

/** The host finds the same for whatever is asked. */
async function answer(wish: ToHost, from: PanelPage): Promise<void> {
	if (wish.type === "search" || wish.type === "searchOlder") {
		const hits = wish.type === "search" ? HITS.slice(0, 2) : HITS;
		await from.tell({
			type: "searched",
			searchId: wish.searchId,
			result: { kind: "found", hits, hasOlder: wish.type === "search", scope: "loaded" },
			people: [{ identity: GRACE, name: "Grace H.", isOnline: false }],
		});
	} else if (wish.type === "reveal") {
		await from.tell(new History(5_000, 2_000, 2_400).snapshot(50), {
			type: "reveal",
			key: "m2200",
		});
	}
}

const field = () => panel.page.getByRole("combobox", { name: "Search messages" });
const options = () => panel.page.getByRole("option");
const focused = () =>
	panel.page.evaluate(() => {
		const element = document.activeElement as HTMLElement | null;
		return element?.getAttribute("aria-label") ?? element?.localName;
	});

test("works with the keyboard alone", async () => {
	await panel.log.focus();
	await panel.page.keyboard.press("Control+f");
	// The search must not begin by itself before Enter, however long the letters take.
	await panel.stopClock();
	await panel.page.keyboard.type("page");
	await panel.page.keyboard.press("Enter");
	await panel.startClock();
	await options().first().waitFor();
	await panel.page.keyboard.press("ArrowDown");
	const active = await panel.page
		.locator("[role=option][aria-selected=true] .search-author")
		.innerText();
	await panel.page.keyboard.press("Enter");
	await panel.untilWished("reveal");
	await expect.poll(focused).toMatch(/^(Ada|Grace), /);
	const covered = await options().count();
	await panel.page.keyboard.press("Control+f");
	await panel.page.keyboard.press("ArrowDown");
	const again = await options().count();
	await panel.page.keyboard.press("Escape");
	expect([
		panel.wished("search", "reveal").map((wish) => ("text" in wish ? wish.text : wish)),
		active,
		covered,
		again,
		await field().count(),
		await panel.page.evaluate(() => document.activeElement?.closest(".composer") !== null),
	]).toEqual([["page", { type: "reveal", hit: "h2" }], "You", 0, 3, 0, true]);
});

test("begins once, a moment after the last letter", async () => {
	await panel.tell({ type: "focusSearch" });
	await panel.stopClock();
	for (const letter of "page") {
		await panel.runClock(PAUSE_MS - 1);
		await panel.page.keyboard.type(letter);
	}
	await panel.runClock(PAUSE_MS - 1);
	const early = panel.wished("search");
	await panel.runClock(1);
	await panel.startClock();
	await options().first().waitFor();
	await panel.page.clock.fastForward(10 * PAUSE_MS);
	await panel.answered();
	const asked = panel.wished("search").map((wish) => "text" in wish && wish.text);
	expect([early, asked]).toEqual([[], ["page"]]);
});

test("shows what matches as elements, and text as text", async () => {
	await panel.tell({ type: "focusSearch" });
	await panel.page.keyboard.type("page");
	await options().first().waitFor();
	expect([
		await panel.page.locator("mark").allInnerTexts(),
		await panel.page.locator(".search-results img").count(),
		await panel.page.locator(".search-results .search-note").innerText(),
		await panel.page.locator(".search-bar [role=status]").innerText(),
	]).toEqual([
		["page", "Page"],
		0,
		"Only the messages loaded here were searched.",
		"The newest 2 results. Only the messages loaded here were searched.",
	]);
});

test("adds older results on the last line", async () => {
	await panel.tell({ type: "focusSearch" });
	await panel.page.keyboard.type("page");
	await options().first().waitFor();
	await panel.page.keyboard.press("ArrowUp");
	await panel.page.keyboard.press("Enter");
	await panel.page.getByText("Grace H.").waitFor();
	expect([
		await panel.page.locator("[role=option][aria-selected=true] .search-author").innerText(),
		await options().count(),
	]).toEqual(["Grace H.", 3]);
});

test("keeps its text over a reload, and does not search by itself", async () => {
	await panel.tell({ type: "focusSearch" });
	await panel.page.keyboard.type("page");
	await options().first().waitFor();
	const stored = await panel.page.evaluate(() => (globalThis as { stored?: unknown }).stored);
	const again = await PanelPage.open(browser, { stored });
	await again.tell(new History(300).snapshot());
	await again.page.waitForTimeout(400);
	const text = await again.page.getByRole("combobox", { name: "Search messages" }).inputValue();
	expect([text, again.wished("search")]).toEqual(["page", []]);
});

test.each(Object.keys(THEMES) as ThemeName[])(
	"axe finds nothing with the list open, and nothing at 180 px (%s)",
	async (theme) => {
		const other = await openPanel({ theme, width: 180 });
		await other.tell({ type: "focusSearch" });
		await other.page.keyboard.type("page");
		await other.page.getByRole("option").first().waitFor();
		const found = await other.axe();
		const isWide = await other.page.evaluate(
			() => document.documentElement.scrollWidth > document.documentElement.clientWidth,
		);
		expect([found, isWide]).toEqual([[], false]);
	},
);

test("axe finds nothing with both load buttons and the jump button", async () => {
	await panel.tell(new History(5_000, 2_000, 2_400).snapshot(60));
	await panel.scrollTo(0);
	expect(await panel.axe()).toEqual([]);
});
