import type { Browser } from "playwright-core";
import { afterAll, afterEach, beforeAll, expect, test } from "vitest";
import { LOBBY } from "../../src/shared/room";
import type { ChatSnapshot, Entry, SearchResult } from "../../src/shared/chat";
import type { ConnectionState, Remedy, TroubleCode } from "../../src/shared/connectionState";
import type { ToWebview } from "../../src/shared/protocol";
import type { ToHost } from "../../src/shared/requests";
import { pseudo } from "../support/pseudo";
import {
	ALL_FEATURES,
	chat,
	joined,
	ME,
	message,
	post,
	room,
	roomAt,
} from "../webview/support/facts";
import { cutIn, englishIn, PSEUDO, TRANSLATIONS, written } from "./support/language";
import { PanelPage, startBrowser } from "./support/panelPage";
import { ADA, GRACE, talk } from "./support/talk";

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

/** The answer of this test's host to a search. */
let found: SearchResult;

async function answer(wish: ToHost, from: PanelPage): Promise<void> {
	if (wish.type === "search" || wish.type === "searchOlder") {
		await from.tell(
			written({ type: "searched", searchId: wish.searchId, result: found, people: [] }),
		);
	}
}

const tell = (...facts: readonly ToWebview[]) => panel.tell(...facts.map((fact) => written(fact)));
const show = (part: Partial<ChatSnapshot> = {}) => tell({ type: "snapshot", chat: talk(part) });
const only = (part: Partial<ChatSnapshot> = {}) => tell({ type: "snapshot", chat: chat(part) });
const box = () => panel.page.locator(".composer textarea");
const click = (selector: string) => panel.page.locator(selector).first().click();

function lost(code: TroubleCode): ConnectionState {
	const reason = { code, sentence: pseudo("Disconnected: the server does not answer any more.") };
	return { kind: "waiting", attempt: 2, retryAtMs: Date.now() + 9_000, reason };
}

function refused(remedy: Remedy): ConnectionState {
	const reason = {
		code: "badSetting",
		sentence: pseudo("The setting is not an address."),
	} as const;
	return { kind: "refused", reason, remedy };
}

async function search(result: SearchResult): Promise<void> {
	found = result;
	await tell({ type: "focusSearch" });
	await panel.page.locator(".search-bar input").fill("ааа");
	await panel.page.keyboard.press("Enter");
	await panel.page.locator(".search-bar").waitFor();
	await panel.tell();
}

const OWN_SINCE = Date.now() - 9_000;
const SENDING: readonly Entry[] = [
	message("m1", { sender: ME, state: { kind: "sent" } }),
	message("m2", {
		sender: ME,
		state: { kind: "pending", sinceMs: OWN_SINCE, waitsFor: "connection" },
	}),
	message("m3", { sender: ME, state: { kind: "pending", sinceMs: OWN_SINCE, waitsFor: "ack" } }),
	message("m4", { sender: ME, state: { kind: "failed", reason: "the server is full" } }),
	message("m5", { sender: ME, state: { kind: "unknown" } }),
];
const NOTICES: readonly Entry[] = [
	joined("m1", "Ada"),
	joined("m2", "Grace", "left"),
	{ ...joined("m3", "Ada"), what: "renamed", from: "Ada", to: "Countess" },
	{
		...joined("m4", ""),
		what: "sentence",
		tone: "problem",
		sentence: pseudo("Could not set the name."),
		action: "setName",
	},
	message("m5", { text: "", post: post(5, { gone: "deleted" }) }),
	message("m6", { text: "", post: post(6, { gone: "removed" }) }),
	message("m7", { text: "line\n".repeat(120), post: post(7) }),
	message("m8", { text: "```ts\nconst a = 1;\n```", post: post(8) }),
];

/** Every state of the panel that has words of its own. */
const STATES: Readonly<Record<string, () => Promise<unknown>>> = {
	"before the first answer of the host": async () => panel.page.locator("#app .log").waitFor(),
	"a talk, a hand on a message, and people who type": async () => {
		await show({ unreadHere: 2 } as Partial<ChatSnapshot>);
		await panel.page.locator("article[data-key=m4]").hover();
		await tell({
			type: "changes",
			seq: 0,
			changes: [{ type: "typingChanged", typing: [ADA, GRACE] }],
		});
	},
	"the rooms": async () => {
		await show();
		await click(".room-switch");
		for (const fold of await panel.page.locator("#rooms .list-fold").all()) {
			await fold.click();
		}
	},
	"the menu of a public room": async () => {
		await show();
		await click(".room-switch");
		await panel.page.locator("#rooms .ui-more").nth(1).click({ force: true });
	},
	"the people": async () => {
		await show();
		await click(".room-online");
		await click("#people .list-fold");
	},
	"the menu of a message": async () => {
		await show();
		await panel.page.locator(".log").focus();
		await panel.page.keyboard.press("ArrowUp");
		await panel.page.keyboard.press("Enter");
	},
	"the emoji": async () => {
		await show();
		await panel.page.locator("article[data-key=m4]").hover();
		await panel.page.getByRole("toolbar").locator("button").first().click();
	},
	"an answer under way": async () => {
		await show();
		await panel.page.locator("article[data-key=m4]").hover();
		await panel.page.getByRole("toolbar").locator("button").nth(1).click();
	},
	"an edit": async () => {
		await show();
		await box().focus();
		await panel.page.keyboard.press("ArrowUp");
	},
	"the names behind an @": async () => {
		await show();
		await box().pressSequentially("@");
	},
	"a command that nobody knows": async () => {
		await show();
		await box().fill("/nmae");
	},
	"a message that is too long": async () => {
		await show();
		await box().fill("ы".repeat(8_100));
	},
	"a private room without messages": async () => show({ openRoom: roomAt(3), entries: [] }),
	"a conversation of two without messages": async () => show({ openRoom: roomAt(4), entries: [] }),
	"an archived room": async () => show({ openRoom: roomAt(7), entries: [] }),
	"a room one has not joined": async () => show({ openRoom: roomAt(8) }),
	"a database without rooms, without messages and without a name": async () =>
		only({ people: [{ identity: ME, isOnline: true }] }),
	"own messages on their way": async () =>
		only({ features: ALL_FEATURES, entries: SENDING, connection: lost("unreachable") }),
	"notices, messages that are gone, and long ones": async () => only({ entries: NOTICES }),
	"more messages at both ends": async () => show({ edges: { older: "more", newer: "more" } }),
	"messages that are loading": async () => show({ edges: { older: "loading", newer: "loading" } }),
	"a time-out": async () =>
		show({ ownSanction: { kind: "timeOut", reason: "noise", by: ADA, untilMs: Date.now() + 6e5 } }),
	"a ban": async () => show({ ownSanction: { kind: "ban", reason: "" } }),
	"one who is disconnected": async () => show({ connection: { kind: "disconnected" } }),
	"another try": async () => show({ connection: { kind: "connecting", attempt: 3 } }),
	"a connection that was lost": async () => show({ connection: lost("closed") }),
	"no server": async () => only({ connection: lost("unreachable") }),
	"no database": async () => only({ connection: lost("noDatabase") }),
	...Object.fromEntries(
		(
			[
				"changeServer",
				"forgetIdentity",
				"openSettings",
				"startLocalServer",
				"allowInsecure",
			] as const
		).map((remedy) => [`the remedy ${remedy}`, async () => show({ connection: refused(remedy) })]),
	),
	"results of a search": async () => {
		await show();
		const hits = [{ key: "h1", sender: ADA, sentMs: Date.now() - 9e8, excerpt: "the backlog" }];
		await search({ kind: "found", hits, hasOlder: true, scope: "loaded" });
	},
	"a search that found nothing": async () => {
		await show();
		await search({ kind: "found", hits: [], hasOlder: false, scope: "room" as "loaded" });
	},
	"a search that failed": async () => {
		await show();
		await search({ kind: "failed", sentence: pseudo("The server did not answer. Try again.") });
	},
	"one room among few": async () =>
		only({ features: ALL_FEATURES, rooms: [room(LOBBY, "lobby", { topic: "All" })] }),
};

test.each(Object.keys(STATES))(
	"in a longer language, %s: no English is left, nothing is cut",
	async (state) => {
		panel = await PanelPage.open(browser, { language: PSEUDO, width: 180, answer });
		await STATES[state]?.();
		expect({ english: await englishIn(panel.page), cut: await cutIn(panel.page) }).toEqual({
			english: [],
			cut: [],
		});
	},
);

/** The states whose words stand in one line, where a translation may be too long. */
const NARROW = [
	"a talk, a hand on a message, and people who type",
	"the rooms",
	"the menu of a public room",
	"the people",
	"the menu of a message",
	"the emoji",
	"an edit",
	"own messages on their way",
	"a connection that was lost",
	"no server",
	"results of a search",
];

test.each(
	TRANSLATIONS.flatMap((translation) =>
		NARROW.map((state) => ({ ...translation, name: translation.language.name, state })),
	),
)("in $name, $state: nothing is cut", async ({ language, letters, state }) => {
	panel = await PanelPage.open(browser, { language, width: 180, answer });
	await STATES[state]?.();
	expect(await cutIn(panel.page, letters)).toEqual([]);
});
