import { describe, expect, it } from "vitest";
import { quoteOf } from "../../src/webview/message/quote";
import { GRACE, message, modelOf, post } from "./support/facts";

const entries = [1, 2].map((seq) => message(`k${seq}`, { post: post(seq) }));

describe("the quote of a reply", () => {
	const { people } = modelOf();
	const answer = (of?: { sender: string; excerpt: string; isGone: boolean }) =>
		message("k9", { post: post(9, { quote: { seq: 1, hit: "h", ...(of ? { of } : {}) } }) });

	it("is the message of the view range, else the host's, else unknown", () => {
		const old = { sender: GRACE, excerpt: "old", isGone: false };
		expect([
			quoteOf(answer(old), entries, people)?.excerpt,
			quoteOf(answer(old), [], people)?.excerpt,
			quoteOf(answer(), [], people)?.kind,
			quoteOf(message("k1"), entries, people),
		]).toEqual(["text of k1", "old", "unknown", undefined]);
	});

	it("is gone if the message was deleted", () => {
		const gone = [message("k1", { text: "", post: post(1, { gone: "deleted" }) })];
		expect(quoteOf(answer(), gone, people)).toEqual({
			...{ hit: "h", author: "Ada", excerpt: "", kind: "gone" },
		});
	});

	it("exists for a pending own reply", () => {
		expect(quoteOf(message("d1", { replyTo: 2 }), entries, people)).toMatchObject({
			...{ hit: undefined, excerpt: "text of k2" },
		});
	});
});
