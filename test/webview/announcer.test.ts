import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import type { Entry } from "../../src/shared/chat";
import type { ToWebview } from "../../src/shared/protocol";
import { Announcer, announcementOf, newsOf } from "../../src/webview/frame/announcer";
import { EMPTY_MODEL } from "../../src/webview/model/model";
import { chat, ME, message, modelOf, post } from "./support/facts";

const changes = (...upserts: Entry[]): ToWebview => ({
	type: "changes",
	seq: 2,
	changes: [{ type: "entriesChanged", upserts, removed: [] }],
});

describe("the news of an event", () => {
	it("are empty for a snapshot", () => {
		const event: ToWebview = { type: "snapshot", chat: chat({ entries: [message("k1")] }) };
		expect([newsOf(EMPTY_MODEL, event), newsOf(modelOf(), event)]).toEqual([
			{ messages: [], others: 0, problems: [] },
			{ messages: [], others: 0, problems: [] },
		]);
	});

	it("have a new message of somebody else", () => {
		const news = newsOf(modelOf({ entries: [message("k1")] }), changes(message("k2")));
		expect(news.messages.map(({ key }) => key)).toEqual(["k2"]);
	});

	it("have no own, edited or older message", () => {
		const model = modelOf({ entries: [message("k5")] });
		const news = newsOf(
			model,
			changes(message("k6", { sender: ME }), message("k5"), message("k4")),
		);
		expect(news.messages).toEqual([]);
	});

	it("have no message from the time without connection", () => {
		const model = modelOf({ connection: { kind: "connecting", attempt: 2 } });
		expect(newsOf(model, changes(message("k1"))).messages).toEqual([]);
	});

	it("have messages below the view range, and none that are loaded into it", () => {
		const model = modelOf({
			entries: [message("k1")],
			edges: { older: "none", newer: "more" },
		});
		const news = newsOf(model, {
			type: "changes",
			seq: 2,
			changes: [
				{ type: "entriesChanged", upserts: [message("k2")], removed: [] },
				{
					type: "arrivedBelow",
					messages: [message("k8"), message("k9", { sender: ME })],
					others: 0,
				},
			],
		});
		expect(news.messages.map(({ key }) => key)).toEqual(["k8"]);
	});

	it("have a failed own message once", () => {
		const failed = message("k1", { sender: ME, state: { kind: "failed", reason: "Too long." } });
		const first = newsOf(modelOf(), changes(failed));
		const again = newsOf(modelOf({ entries: [failed] }), changes(failed));
		expect([first.problems, again.problems]).toEqual([["Not sent: Too long."], []]);
	});
});

it("one message is announced with its author, several are counted", () => {
	const { people } = modelOf();
	const one = message("k1", { text: "hi" });
	expect([announcementOf([one], people), announcementOf([one, one, one], people)]).toEqual([
		"Ada: hi",
		"3 new messages",
	]);
});

it("a mention of the reader is announced with its author among any number of others", () => {
	const { people } = modelOf();
	const one = message("k1", { text: "hi" });
	const forMe = message("k2", { text: "@Yves look", post: post(2, { isForMe: true }) });
	expect([
		announcementOf([one, forMe, one], people),
		announcementOf([one, forMe], people, true),
	]).toEqual(["Ada: @Yves look\n2 new messages", "Ada: hi\nAda: @Yves look"]);
});

describe("the announcer", () => {
	beforeEach(() => void vi.useFakeTimers());
	afterEach(() => void vi.useRealTimers());

	it("announces the messages of one second together", () => {
		const root = document.createElement("div");
		const announcer = new Announcer(root);
		announcer.announce({ messages: [message("k1")], others: 0, problems: [] }, modelOf());
		announcer.announce({ messages: [message("k2")], others: 0, problems: [] }, modelOf());
		const before = root.querySelector("[aria-live=polite]")?.textContent;
		vi.advanceTimersByTime(1000);
		expect([before, root.querySelector("[aria-live=polite]")?.textContent]).toEqual([
			"",
			"2 new messages",
		]);
	});

	it("announces the name of an entered room, and nothing more of the previous one", () => {
		const root = document.createElement("div");
		const announcer = new Announcer(root);
		announcer.announce({ messages: [message("k1")], others: 0, problems: [] }, modelOf());
		announcer.roomEntered("#random");
		vi.advanceTimersByTime(1000);
		expect(root.querySelector("[aria-live=polite]")?.textContent).toBe("#random");
	});
});
