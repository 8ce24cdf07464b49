import { expect, test } from "vitest";
import { ViewState, NO_DRAFT, roomKey } from "../../src/webview/model/viewState";

function open(stored?: unknown): { viewState: ViewState; stored: () => unknown } {
	let state = stored;
	const viewState = new ViewState({
		getState: () => state,
		setState: (next) => {
			state = structuredClone(next);
		},
	});
	return { viewState, stored: () => state };
}

const at = (room: number, database = "d") => roomKey({ database, room });
const text = (value: string) => ({ ...NO_DRAFT, text: value });

test("each room of each database has its own draft", () => {
	const { viewState, stored } = open();
	viewState.put(at(1), text("one"));
	viewState.put(at(2), text("two"));
	viewState.put(at(1, "other"), text("elsewhere"));
	const again = open(stored()).viewState;
	expect([at(1), at(2), at(1, "other"), at(3)].map((key) => again.draftAt(key).text)).toEqual([
		"one",
		"two",
		"elsewhere",
		"",
	]);
});

test("the last fifty drafts are kept, and empty ones are not", () => {
	const { viewState } = open();
	for (let room = 1; room <= 60; room++) {
		viewState.put(at(room), text(`draft ${room}`));
	}
	viewState.put(at(60), NO_DRAFT);
	expect([
		viewState.state.drafts.length,
		viewState.draftAt(at(10)).text,
		viewState.draftAt(at(60)).text,
	]).toEqual([49, "", ""]);
});

test("a reply and an edit are restored", () => {
	const { viewState, stored } = open();
	const draft = {
		text: "hm",
		reply: { seq: 4, sender: "a", excerpt: "b" },
		edit: { seq: 5, text: "c", original: "d" },
	};
	viewState.put(at(1), draft);
	expect(open(stored()).viewState.draftAt(at(1))).toMatchObject(draft);
});

test("text typed before any room was known goes to the first room", () => {
	const { viewState } = open();
	viewState.put("", text("early"));
	expect([viewState.enter({ database: "d", room: 1 }).text, viewState.draftAt("").text]).toEqual([
		"early",
		"",
	]);
});

test.each([
	undefined,
	null,
	"x",
	{ draft: "of an older version", unsettled: [{ clientId: "x", text: "y", sinceMs: 1 }] },
	{ at: 7, drafts: 5, unsettled: {}, openList: "all", isSearchOpen: "yes" },
	{
		drafts: [null, 5, { at: 1, text: 2, reply: { seq: "x" } }],
		unsettled: [null, { clientId: 1 }],
	},
])("%j is read as far as it makes sense", (stored) => {
	const { state } = open(stored).viewState;
	expect([
		state.at,
		state.unsettled,
		state.openList,
		state.drafts.every((d) => d.text === ""),
	]).toEqual(["", [], "none", true]);
});
