import type { Browser } from "playwright-core";
import { afterAll, afterEach, beforeAll, describe, expect, test } from "vitest";
import type { ChatSnapshot, Message } from "../../src/shared/chat";
import { message, post, roomAt } from "../webview/support/facts";
import { PanelPage, startBrowser, type PanelOptions } from "./support/panelPage";
import { ADA, GRACE, talk } from "./support/talk";
import type { ThemeName } from "./support/themes";

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

async function open(part: Partial<ChatSnapshot> = {}, options: PanelOptions = {}): Promise<void> {
	panel = await PanelPage.open(browser, options);
	await panel.tell({ type: "snapshot", chat: talk(part) });
}

const box = () => panel.page.getByRole("textbox", { name: "Message", exact: true });
const key = (name: string) => panel.page.keyboard.press(name);
/** Returns the distance of the line above the unread messages below the log's top, in whole CSS pixels. */
const newTop = () =>
	panel.page
		.locator(".log-new")
		.evaluate((line) =>
			Math.round(
				line.getBoundingClientRect().top - line.closest(".log")!.getBoundingClientRect().top,
			),
		);
const focused = () =>
	panel.page.evaluate(() => {
		const { activeElement: element } = document;
		return (
			element?.getAttribute("data-key") ??
			element?.getAttribute("aria-label") ??
			element?.textContent.trim()
		);
	});

/** Everything that can be open, and the keys that open it. */
const STATES: Readonly<Record<string, () => Promise<unknown>>> = {
	"the talk": async () => {
		await panel.page.locator("article[data-key=m4]").hover();
		await panel.tell({
			type: "changes",
			seq: 0,
			changes: [{ type: "typingChanged", typing: [ADA, GRACE] }],
		});
	},
	"the list of rooms": async () => {
		await panel.page.locator(".room-switch").click();
		for (const fold of await panel.page.locator("#rooms .list-fold").all()) {
			await fold.click();
		}
	},
	"the menu of a room": async () => {
		await panel.page.locator(".room-switch").click();
		await panel.page.getByRole("button", { name: "Actions for ops" }).click();
	},
	"the people": async () => {
		await panel.page.locator(".room-online").click();
		await panel.page.locator("#people .list-fold").click();
	},
	"the menu of a person": async () => {
		await panel.page.locator(".room-online").click();
		await panel.page.getByRole("button", { name: "Actions for Ada" }).click();
	},
	"the menu of a message": async () => {
		await panel.log.focus();
		await key("ArrowUp");
		await key("Enter");
	},
	"the emoji": async () => {
		await panel.page.locator("article[data-key=m4]").hover();
		await panel.page.getByRole("toolbar").getByRole("button", { name: "Add Reaction" }).click();
	},
	"an answer under way": async () => {
		await panel.page.locator("article[data-key=m4]").hover();
		await panel.page.getByRole("toolbar").getByRole("button", { name: "Reply" }).click();
	},
	"the names behind an @": async () => {
		await box().pressSequentially("Hello @");
		await key("ArrowDown");
	},
	"an edit": async () => {
		await box().focus();
		await key("ArrowUp");
	},
};

describe.each<[ThemeName, number]>([
	["dark", 320],
	["light", 180],
	["highContrast", 320],
])("in %s at %d px axe finds nothing wrong with", (theme, width) => {
	test.each(Object.keys(STATES))("%s", async (state) => {
		await open({}, { theme, width });
		await STATES[state]?.();
		expect(await panel.axe()).toEqual([]);
	});

	test("a direct message, a private room and a time-out", async () => {
		await open({ openRoom: roomAt(4) }, { theme, width });
		const found = await panel.axe();
		await panel.tell({ type: "snapshot", chat: talk({ openRoom: roomAt(3), entries: [] }) });
		found.push(...(await panel.axe()));
		const ownSanction = { kind: "ban", reason: "noise", by: ADA } as const;
		await panel.tell({ type: "snapshot", chat: talk({ ownSanction }) });
		expect([...found, ...(await panel.axe())]).toEqual([]);
	});
});

test.each(Object.keys(STATES))("%s: nothing is wider than a panel of 180 px", async (state) => {
	await open({}, { width: 180 });
	await STATES[state]?.();
	const wide = await panel.page.evaluate(() =>
		[...document.querySelectorAll<HTMLElement>("#app *")]
			.filter((element) => {
				const { left, right, width } = element.getBoundingClientRect();
				const isSpoken = element.closest(".ui-spoken") !== null;
				const isCut =
					element.closest(
						"bdi, .message-status, .person-status, .room-topic, .message-quote, .composer-bar-text, .room-last",
					) !== null;
				return width > 0 && !isSpoken && !isCut && (left < -1 || right > innerWidth + 1);
			})
			.map(({ className, localName }) => `${localName}.${className}`),
	);
	expect(wide).toEqual([]);
});

test("beside a long status a short name is whole, and the status is cut", async () => {
	await open({}, { width: 180 });
	await STATES["the people"]?.();
	const missing = await panel.page
		.locator("#people .person-line:has(.person-status)")
		.evaluateAll((lines) =>
			lines.map((line) => {
				// In fractions of a pixel: a name that lacks one of them ends in three dots.
				const widthOf = (selector: string) => {
					const element = line.querySelector(selector)!;
					const text = document.createRange();
					text.selectNodeContents(element);
					return text.getBoundingClientRect().width - element.getBoundingClientRect().width;
				};
				return { name: widthOf(".person-name"), status: widthOf(".person-status") };
			}),
		);
	expect(missing[0]?.name).toBeCloseTo(0, 2);
	expect(missing[0]?.status).toBeGreaterThan(0);
});

test("the typing line moves nothing", async () => {
	await open();
	const tops = () =>
		panel.page.evaluate(() =>
			["article[data-key=m8] .message-body", ".composer"].map(
				(selector) => document.querySelector(selector)!.getBoundingClientRect().top,
			),
		);
	const typing = (who: readonly string[]) =>
		panel.tell({ type: "changes", seq: 0, changes: [{ type: "typingChanged", typing: who }] });
	const before = await tops();
	await typing([ADA, GRACE]);
	const during = await tops();
	const said = await panel.page.locator(".typing").innerText();
	await typing([]);
	expect([said, during, await tops()]).toEqual([
		"Ada and Grace Brewster Hopper are typing…",
		before,
		before,
	]);
});

test("arrow keys move through messages, and Tab reaches their buttons", async () => {
	await open();
	await panel.log.focus();
	const stops: unknown[] = [];
	for (const name of [
		"ArrowUp",
		"ArrowUp",
		"ArrowDown",
		"Tab",
		"ArrowRight",
		"Shift+Tab",
		"Shift+Tab",
	]) {
		await key(name);
		stops.push(await focused());
	}
	expect(stops.slice(0, 6)).toEqual(["m8", "m7", "m8", "Add Reaction", "Reply", "Add Reaction"]);
});

test("a menu moves in a circle with the arrow keys, finds letters, and restores the focus", async () => {
	await open();
	await panel.log.focus();
	await key("ArrowUp");
	await key("Enter");
	const stops: unknown[] = [];
	for (const name of ["ArrowUp", "ArrowDown", "End", "Home", "c", "Escape"]) {
		await key(name);
		stops.push(await focused());
	}
	expect(stops).toEqual(["Remove…", "Add Reaction", "Remove…", "Add Reaction", "Copy Text", "m8"]);
});

test("a menu stays visible with its button at any position", async () => {
	await open({}, { width: 180, height: 400 });
	await panel.page.locator(".room-switch").click();
	const seen: boolean[] = [];
	for (const more of await panel.page.locator("#rooms .ui-more").all()) {
		await more.click({ force: true });
		seen.push(
			await panel.page.getByRole("menu").evaluate((menu) => {
				const { top, left, bottom, right } = menu.parentElement!.getBoundingClientRect();
				return top >= 0 && left >= 0 && bottom <= innerHeight && right <= innerWidth;
			}),
		);
		await key("Escape");
	}
	expect([seen.length > 3, [...new Set(seen)]]).toEqual([true, [true]]);
});

test("a reaction is chosen by keys, from common ones or as any emoji, and nothing else", async () => {
	await open();
	await panel.log.focus();
	for (const name of ["ArrowUp", "Tab", "Enter", "ArrowRight", "Enter"]) {
		await key(name);
	}
	for (const name of ["Enter", "Tab"]) {
		await key(name);
	}
	await panel.page.getByRole("textbox", { name: "Any emoji" }).fill("no");
	await key("Enter");
	const isInvalid = await panel.page.locator(".popup-dialog input[aria-invalid=true]").count();
	await panel.page.getByRole("textbox", { name: "Any emoji" }).fill("🦀");
	await key("Enter");
	await panel.untilWished("react", 2);
	expect([
		isInvalid,
		panel.wished("react"),
		await focused(),
		await panel.page.getByRole("dialog").count(),
	]).toEqual([
		1,
		["❤️", "🦀"].map((emoji) => ({ type: "react", target: roomAt(1), seq: 8, emoji, isOn: true })),
		"Add Reaction",
		0,
	]);
});

test("a press on a button of the toolbar leaves the caret in the composer", async () => {
	await open();
	await box().pressSequentially("half a");
	await panel.page.locator("article[data-key=m4]").hover();
	await panel.page.getByRole("toolbar").getByRole("button", { name: "More Actions…" }).click();
	await key("Escape");
	await panel.page.keyboard.type(" sentence");
	expect(await box().inputValue()).toBe("half a sentence");
});

test("arrow keys move through the lists, and Escape restores the focus", async () => {
	await open();
	await panel.page.locator(".room-switch").focus();
	const stops: unknown[] = [];
	for (const name of ["Enter", "ArrowDown", "Home", "End", "Escape"]) {
		await key(name);
		stops.push(await focused());
	}
	expect(stops.map((stop) => String(stop).split("\n")[0])).toMatchObject([
		expect.stringContaining("lobby"),
		expect.stringContaining("design"),
		"New Room…",
		"1 archived",
		expect.stringContaining("lobby"),
	]);
});

test("a name is completed in the middle of a sentence, and Tab takes it", async () => {
	await open();
	await box().pressSequentially("Hello , and thanks");
	for (let count = 0; count < ", and thanks".length; count++) {
		await key("ArrowLeft");
	}
	await box().pressSequentially("@gr");
	await key("Tab");
	await panel.page.keyboard.type("!");
	expect(await box().inputValue()).toBe("Hello @Grace Brewster Hopper !, and thanks");
});

test("the read mark is reported while the panel has the focus, up to the end", async () => {
	await open();
	await box().focus();
	await panel.untilWished("seen");
	expect(panel.wished("seen")).toEqual([{ type: "seen", target: roomAt(1), seq: 8 }]);
});

test("in a room with many unread messages, reading begins at the first unread one", async () => {
	await open({ openRoom: roomAt(2), entries: [] });
	await panel.page.setViewportSize({ width: 320, height: 300 });
	await panel.tell({ type: "snapshot", chat: talk({ unreadHere: 6 }) });
	expect(await newTop()).toBe(24);
});

test("returning to a room restores its reading position", async () => {
	await open({}, { height: 300 });
	await panel.scrollTo(60);
	const [first = ""] = await panel.inSight();
	const before = await panel.topsOf(first);
	await panel.tell({ type: "snapshot", chat: talk({ openRoom: roomAt(3), entries: [] }) });
	await panel.tell({ type: "snapshot", chat: talk() });
	const after = await panel.topsOf(first);
	expect(Math.round(after[0]! - before[0]!)).toBe(0);
});

/** Returns `count` messages of a room, from a number on. */
function many(from: number, count: number): Message[] {
	return Array.from({ length: count }, (_, index) => {
		const seq = from + index;
		return message(`m${seq}`, { sentMs: seq * 1_000, text: `${seq}`, post: post(seq) });
	});
}

test("with more unread messages than the view range holds, reading begins at the end, and a button leads to the first", async () => {
	await open({ openRoom: roomAt(2), entries: [] });
	const edges = { older: "more", newer: "none" } as const;
	await panel.tell({
		type: "snapshot",
		chat: talk({ unreadHere: 900, entries: many(700, 300), edges }),
	});
	const first = panel.page.getByRole("button", { name: "First new message" });
	const divider = panel.page.locator(".log-new");
	const begun = [(await panel.inSight()).at(-1), await divider.count(), panel.turnsIn(1)];
	await first.click();
	const asked = panel.wished("revealSeq");
	await panel.tell({
		type: "snapshot",
		chat: talk({ entries: many(0, 384), edges: { older: "none", newer: "more" } }),
	});
	await panel.tell({ type: "reveal", key: "m100" });
	const led = [
		await divider.count(),
		await first.count(),
		(await panel.inSight()).includes("m100"),
	];
	await panel.tell({ type: "snapshot", chat: talk({ entries: many(700, 300), edges }) });
	expect([begun, asked, led, await first.count()]).toEqual([
		["m999", 0, [true]],
		[{ type: "revealSeq", room: 1, seq: 100 }],
		[1, 0, true],
		0,
	]);
});

test("in a slowly loading room, reading begins at the first unread message once it is there", async () => {
	await open({ openRoom: roomAt(2), entries: [] }, { height: 300 });
	await panel.tell({ type: "snapshot", chat: talk({ entries: [], hasBacklog: false }) });
	await panel.log.getByText("Loading messages…").waitFor();
	const claimed = await panel.log.getByText("beginning").count();
	await panel.tell({ type: "snapshot", chat: talk({ unreadHere: 6 }) });
	expect([claimed, await newTop(), panel.turnsIn(1)]).toEqual([0, 24, [false]]);
});

test("a slowly loading room restores its reading position", async () => {
	await open({}, { height: 300 });
	await panel.scrollTo(60);
	const [first = ""] = await panel.inSight();
	const before = await panel.topsOf(first);
	await panel.tell({
		type: "snapshot",
		chat: talk({ openRoom: roomAt(3), entries: [], hasBacklog: false }),
	});
	await panel.tell({ type: "snapshot", chat: talk({ entries: [], hasBacklog: false }) });
	await panel.tell({ type: "snapshot", chat: talk() });
	const after = await panel.topsOf(first);
	expect([Math.round(after[0]! - before[0]!), panel.turnsIn(1)]).toEqual([0, [true, false, false]]);
});

test("switching from mid-history to the end of another room reports isAtLatest = true, never false", async () => {
	await open({}, { height: 300 });
	await panel.scrollTo(0);
	// Messages have the numbers of their room, so that what was read seems to be there still.
	await panel.tell({
		type: "snapshot",
		chat: talk({ openRoom: roomAt(3), entries: many(0, 400) }),
	});
	await panel.page.waitForFunction(() => document.querySelectorAll("article").length === 400);
	expect([(await panel.inSight()).at(-1), panel.turnsIn(3)]).toEqual(["m399", [true]]);
});
