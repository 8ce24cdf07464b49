import { describe, expect, it } from "vitest";
import { TypingAnnouncements, typingSentence } from "../../src/webview/people/typing";
import { ADA, GRACE, ME, modelOf } from "./support/facts";

describe("typing", () => {
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

	it("is announced once a minute for the same person", () => {
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
