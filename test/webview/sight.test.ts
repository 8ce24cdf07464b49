import { afterEach, beforeEach, describe, expect, it, test, vi } from "vitest";
import type { ToHost } from "../../src/shared/requests";
import type { Model } from "../../src/webview/model/model";
import { quoteOf } from "../../src/webview/message/quote";
import { reactorNames } from "../../src/webview/message/reactions";
import { ReadReporter, seenSeq } from "../../src/webview/log/readReporter";
import { ownSanctionSentence } from "../../src/webview/people/sanctions";
import {
	TypingAnnouncements,
	TypingReporter,
	typingSentence,
} from "../../src/webview/frame/typing";
import { ADA, ALL_FEATURES, GRACE, ME, message, modelOf, NOON_MS, post } from "./support/facts";

const entries = [1, 2].map((seq) => message(`k${seq}`, { post: post(seq) }));
const here = { isLookedAt: true, isAtEnd: true };
const talking = (part = {}): Model => modelOf({ entries, features: ALL_FEATURES, ...part });

describe("what was seen", () => {
	it.each([
		["at the end", talking(), here, 2],
		["further up", talking(), { ...here, isAtEnd: false }, undefined],
		["by nobody", talking(), { ...here, isLookedAt: false }, undefined],
		["of an older window", talking({ edges: { older: "none", newer: "more" } }), here, undefined],
		["of a tutorial's database", modelOf({ entries }), here, undefined],
	])("%s", (_what, model, sight, seq) => {
		expect(seenSeq(model, sight)).toBe(seq);
	});

	describe("is told", () => {
		beforeEach(() => void vi.useFakeTimers());
		afterEach(() => void vi.useRealTimers());

		it("once a second, and only when it grew", () => {
			const posted: ToHost[] = [];
			let model = talking();
			const wish = new ReadReporter(
				(one) => posted.push(one),
				() => ({ model, sight: here }),
			);
			const grow = (seq: number): void => {
				model = talking({ entries: [...entries, message(`k${seq}`, { post: post(seq) })] });
				wish.check();
			};
			wish.check();
			wish.check();
			grow(3);
			grow(4);
			const atOnce = posted.length;
			vi.advanceTimersByTime(5_000);
			expect([atOnce, posted]).toEqual([
				1,
				[
					{ type: "seen", room: 1, seq: 2 },
					{ type: "seen", room: 1, seq: 4 },
				],
			]);
		});
	});
});

describe("typing", () => {
	it("is told once in three seconds, and at once in another room or after a line", () => {
		const wish = new TypingReporter();
		const asked = [wish.asks(1, 0), wish.asks(1, 2_999), wish.asks(1, 3_000), wish.asks(2, 3_001)];
		wish.reset();
		expect([...asked, wish.asks(2, 3_002)]).toEqual([true, false, true, true, true]);
	});

	it.each([
		[[], ""],
		[[ME], ""],
		[[ADA], "Ada is typing…"],
		[[ADA, GRACE], "Ada and Grace are typing…"],
		[[ADA, GRACE, "d".repeat(64)], "Ada, Grace and unknown are typing…"],
		[[ADA, GRACE, "d".repeat(64), "e".repeat(64)], "Several people are typing…"],
	])("of %j reads %j", (typing, sentence) => {
		expect(typingSentence(modelOf({ typing }))).toBe(sentence);
	});

	it("is said of the same person once a minute", () => {
		const news = new TypingAnnouncements();
		const [none, ada] = [modelOf(), modelOf({ typing: [ADA] })];
		const said = [0, 10_000, 70_000].map((atMs) => news.take(none, ada, atMs));
		expect([...said, news.take(ada, ada, 200_000)]).toEqual([
			"Ada is typing…",
			"",
			"Ada is typing…",
			"",
		]);
	});
});

describe("what a message answers", () => {
	const { people } = modelOf();
	const answer = (of?: { sender: string; excerpt: string; isGone: boolean }) =>
		message("k9", { post: post(9, { quote: { seq: 1, hit: "h", ...(of ? { of } : {}) } }) });

	it("is what the window shows, else what the host says, else not known yet", () => {
		const old = { sender: GRACE, excerpt: "old", isGone: false };
		expect([
			quoteOf(answer(old), entries, people)?.excerpt,
			quoteOf(answer(old), [], people)?.excerpt,
			quoteOf(answer(), [], people)?.kind,
			quoteOf(message("k1"), entries, people),
		]).toEqual(["text of k1", "old", "unknown", undefined]);
	});

	it("is gone when it is gone", () => {
		const gone = [message("k1", { text: "", post: post(1, { gone: "deleted" }) })];
		expect(quoteOf(answer(), gone, people)).toEqual({
			...{ hit: "h", author: "Ada", excerpt: "", kind: "gone" },
		});
	});

	it("is shown for an own answer on its way too", () => {
		expect(quoteOf(message("d1", { replyTo: 2 }), entries, people)).toMatchObject({
			...{ hit: undefined, excerpt: "text of k2" },
		});
	});
});

test.each([
	[{ count: 1, isOwn: true }, [], "You"],
	[{ count: 2, isOwn: true }, ["Ada"], "You, Ada"],
	[{ count: 14, isOwn: false }, ["Ada", "Grace"], "Ada, Grace and 12 more"],
])("a reaction %j of %j is from %j", (part, names, sentence) => {
	expect(reactorNames({ emoji: "👍", who: [], ...part }, names)).toBe(sentence);
});

test("what keeps one from talking is said with its end, its author and its reason", () => {
	const said = (part: Parameters<typeof ownSanctionSentence>[0]) =>
		ownSanctionSentence(part, "Ada", NOON_MS).replace(/until .*?: you/u, "until then: you");
	expect([
		said({ kind: "timeOut", untilMs: NOON_MS + 60_000, reason: "noise", by: ADA }),
		said({ kind: "ban", reason: "", by: ADA }),
	]).toEqual([
		"You are in a time-out until then: you can read, but not write. By Ada: “noise”",
		"You are banned: you can read, but not write. By Ada.",
	]);
});
