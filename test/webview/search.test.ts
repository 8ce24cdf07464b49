import fc from "fast-check";
import { afterEach, beforeEach, describe, expect, it, test, vi } from "vitest";
import type { Hit, SearchResult } from "../../src/shared/chat";
import type { ToHost } from "../../src/shared/requests";
import {
	answered,
	asked,
	IDLE,
	moved,
	shown,
	type Found,
} from "../../src/webview/search/searchState";
import { markWords } from "../../src/webview/search/markWords";
import { ADA, chat, ME, NOON_MS } from "./support/facts";
import { openPage, textOf, type Page } from "./support/page";

const hit = (key: string, sender = ADA): Hit => ({ key, sender, sentMs: NOON_MS, excerpt: key });
const found = (hits: readonly Hit[], hasOlder = false): SearchResult => ({
	kind: "found",
	hits,
	hasOlder,
	scope: "room",
});

describe("a search", () => {
	const three = answered(asked("s1", "x"), "s1", found([hit("a"), hit("b")], true), () => "Ada");

	it("ignores the answer to an earlier question", () => {
		const search = asked("s2", "y");
		expect(answered(search, "s1", found([hit("a")]), () => "")).toBe(search);
	});

	it("ignores an answer after it was closed", () => {
		expect(answered(IDLE, "s1", found([hit("a")]), () => "")).toBe(IDLE);
	});

	it("begins at the newest hit, with its author's name", () => {
		expect(three).toMatchObject({ active: 0, hits: [{ key: "a", author: "Ada" }, { key: "b" }] });
	});

	it("moves through the hits and the line for older ones in a circle", () => {
		const steps = [1, 1, 1, -1].reduce<Found[]>(
			(all, step) => [...all, moved(all.at(-1)!, step)],
			[three as Found],
		);
		expect(steps.map(({ active }) => active)).toEqual([0, 1, 2, 0, 2]);
	});

	it("keeps the active line when older hits come", () => {
		const atEnd = moved(three as Found, -1);
		const after = answered(atEnd, "s1", found([hit("a"), hit("b"), hit("c")]), () => "");
		expect(after).toMatchObject({ active: 2, isLoadingOlder: false });
	});

	it("keeps the active line within fewer hits", () => {
		const after = answered(moved(three as Found, -1), "s1", found([]), () => "");
		expect(after).toMatchObject({ active: 0 });
	});

	it("keeps its hits while they are hidden", () => {
		expect(shown(shown(three, false), true)).toEqual(three);
	});
});

test("searched words are marked in any case", () => {
	expect(
		markWords("The Page: page.", "page THE").map(({ text, isMatch }) =>
			isMatch ? `[${text}]` : text,
		),
	).toEqual(["[The]", " ", "[Page]", ": ", "[page]", "."]);
});

test("any text can be searched, and the excerpt stays whole", () => {
	const anything = fc.string({ unit: "binary" });
	fc.assert(
		fc.property(anything, anything, (excerpt, searched) => {
			const pieces = markWords(excerpt, searched).map(({ text }) => text);
			expect(pieces.join("")).toBe(excerpt);
		}),
	);
});

describe("the search bar", () => {
	let page: Page;
	const field = () => page.root.querySelector<HTMLInputElement>(".search-bar input");
	const searches = () =>
		page.posted.filter(
			(request): request is Extract<ToHost, { type: "search" }> => request.type === "search",
		);
	const type = (text: string): void => {
		field()!.value = text;
		field()!.dispatchEvent(new Event("input", { bubbles: true }));
	};
	const press = (key: string): KeyboardEvent => {
		const event = new KeyboardEvent("keydown", { key, bubbles: true, cancelable: true });
		field()!.dispatchEvent(event);
		return event;
	};
	const answer = async (result: SearchResult): Promise<void> => {
		const { searchId = "" } = searches().at(-1) ?? {};
		await page.tell({ type: "searched", searchId, result, people: [] });
	};

	beforeEach(async () => {
		page = openPage();
		await page.tell({ type: "snapshot", chat: chat() });
		await page.tell({ type: "focusSearch" });
		page.posted.length = 0;
	});
	afterEach(() => void vi.useRealTimers());

	it("opens with the caret in its field", () => {
		expect(document.activeElement).toBe(field());
	});

	it("opens on Ctrl+F and Cmd+F, and on no other F", () => {
		const opens = [{ ctrlKey: true }, { metaKey: true }, {}, { ctrlKey: true, shiftKey: true }].map(
			(init) => {
				const other = openPage();
				const event = new KeyboardEvent("keydown", {
					key: "f",
					bubbles: true,
					cancelable: true,
					...init,
				});
				other.root.dispatchEvent(event);
				return [event.defaultPrevented, other.root.querySelector(".search-bar") !== null];
			},
		);
		expect(opens).toEqual([
			[true, true],
			[true, true],
			[false, false],
			[false, false],
		]);
	});

	it("waits a moment after the last letter", () => {
		vi.useFakeTimers();
		type("pa");
		vi.advanceTimersByTime(200);
		type("page");
		vi.advanceTimersByTime(249);
		const before = searches().length;
		vi.advanceTimersByTime(1);
		expect([before, searches().map(({ text }) => text)]).toEqual([0, ["page"]]);
	});

	it("searches at once on Enter, and once for one text", () => {
		vi.useFakeTimers();
		type(" page ");
		press("Enter");
		vi.advanceTimersByTime(1_000);
		press("Enter");
		expect(searches().map(({ text }) => text)).toEqual(["page"]);
	});

	it("does not search for an empty text", () => {
		type("  ");
		press("Enter");
		expect(searches()).toEqual([]);
	});

	it.each<[SearchResult, string, string]>([
		[found([]), "Nothing found.", "Nothing found."],
		[{ kind: "failed", sentence: "It went wrong." }, "It went wrong.", "It went wrong."],
		[
			{ kind: "found", hits: [], hasOlder: false, scope: "loaded" },
			"Nothing found.Only the messages loaded here were searched.",
			"Nothing found. Only the messages loaded here were searched.",
		],
		[
			found([hit("a"), hit("b", ME)]),
			"Ada May 6, 2024, 12:00 PM a You May 6, 2024, 12:00 PM b",
			"2 results.",
		],
	])("shows and says what came of it (%#)", async (result, seen, said) => {
		type("page");
		press("Enter");
		await answer(result);
		const results = page.root.querySelector(".search-results");
		expect([
			textOf(results).replaceAll("\u202f", " "),
			textOf(page.root.querySelector(".search-bar [role=status]")),
		]).toEqual([seen, said]);
	});

	it("shows how far it searched, and goes on from there, also without any hit", async () => {
		type("page");
		press("Enter");
		await answer({
			kind: "found",
			hits: [],
			hasOlder: true,
			scope: "room",
			searchedBackToMs: NOON_MS,
		});
		const seen = textOf(page.root.querySelector(".search-results")).replaceAll("\u202f", " ");
		const said = textOf(page.root.querySelector(".search-bar [role=status]")).replaceAll(
			"\u202f",
			" ",
		);
		press("Enter");
		expect([seen, said, page.posted.at(-1)]).toEqual([
			"Nothing found so far. Search earlier messages Searched as far back as May 6, 2024, 12:00 PM.",
			"Nothing found so far. Searched as far back as May 6, 2024, 12:00 PM.",
			{ type: "searchOlder", searchId: searches().at(-1)?.searchId },
		]);
	});

	it.each<[string, () => void]>([
		["closed", () => press("Escape")],
		["left without a text", () => (type(""), press("Enter"))],
	])("tells the host that nobody waits when it is %s", (_what, end) => {
		type("page");
		press("Enter");
		end();
		expect(page.posted.at(-1)).toEqual({ type: "endSearch" });
	});

	it("posts nothing when it is closed after its answer", async () => {
		type("page");
		press("Enter");
		await answer(found([hit("a")]));
		press("Escape");
		expect(page.posted.filter(({ type: what }) => what === "endSearch")).toEqual([]);
	});

	it("shows that it searches", () => {
		type("page");
		press("Enter");
		expect(textOf(page.root.querySelector(".search-results"))).toBe("Searching…");
	});

	it("reveals the chosen hit, and shows the others again on Down", async () => {
		type("page");
		press("Enter");
		await answer(found([hit("a"), hit("b")]));
		press("ArrowDown");
		press("Enter");
		const covered = page.root.querySelectorAll("[role=option]").length;
		press("ArrowDown");
		const active = page.root.querySelector("[aria-selected=true] .search-excerpt");
		expect([page.posted.at(-1), covered, textOf(active)]).toEqual([
			{ type: "reveal", hit: "b" },
			0,
			"b",
		]);
	});

	it("reveals the clicked hit", async () => {
		type("page");
		press("Enter");
		await answer(found([hit("a"), hit("b")]));
		page.root.querySelectorAll<HTMLElement>("[role=option]")[1]?.click();
		expect(page.posted.at(-1)).toEqual({ type: "reveal", hit: "b" });
	});

	it("loads older hits once until they come", async () => {
		type("page");
		press("Enter");
		await answer(found([hit("a")], true));
		press("ArrowUp");
		press("Enter");
		press("Enter");
		expect(page.posted.filter((request) => request.type === "searchOlder").length).toBe(1);
	});

	it("closes on Escape, restores the focus, and keeps its text", async () => {
		type("page");
		const event = press("Escape");
		const isGone = field() === null;
		const inComposer = document.activeElement === page.field;
		await page.tell({ type: "focusSearch" });
		expect([event.defaultPrevented, isGone, inComposer, field()?.value]).toEqual([
			true,
			true,
			true,
			"page",
		]);
	});

	it("hides its results when the log gets the focus", async () => {
		type("page");
		press("Enter");
		await answer(found([hit("a")]));
		const log = page.root.querySelector<HTMLElement>(".log");
		field()!.dispatchEvent(new FocusEvent("focusout", { bubbles: true, relatedTarget: log }));
		expect([page.root.querySelector(".search-results"), field() !== null]).toEqual([null, true]);
	});

	it("is restored with its text after a reload, and does not search", () => {
		type("page");
		const again = openPage(page.stored());
		const text = again.root.querySelector<HTMLInputElement>(".search-bar input")?.value;
		expect([text, again.posted]).toEqual(["page", []]);
	});
});
