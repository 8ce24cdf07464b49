import { expect, test } from "vitest";
import { NEEDLE_EVERY, needle, seededMessages, wordOf } from "../../scripts/lib/seed.mjs";

const messages = (seed: number, count: number) =>
	Array.from({ length: count }, seededMessages(seed));

test("one seed gives the same messages each time, another seed gives others", () => {
	const [first, again, other] = [messages(1, 100), messages(1, 100), messages(2, 100)];
	expect([again, other]).toEqual([first, expect.not.arrayContaining(first.slice(0, 10))]);
});

test("no two ranks have the same word", () => {
	expect(new Set(Array.from({ length: 50_000 }, (_, role) => wordOf(role))).size).toBe(50_000);
});

test("a message has nine words on average, and one in ten thousand a needle", () => {
	const texts = messages(1, NEEDLE_EVERY + 1).map(({ text }) => text);
	const words = texts.reduce((sum, text) => sum + text.split(" ").length, 0);
	const needles = texts.flatMap((text, index) => (text.includes("needle") ? [index] : []));
	expect([Math.round(words / texts.length), needles, texts[0]?.endsWith(needle(0))]).toEqual([
		9,
		[0, NEEDLE_EVERY],
		true,
	]);
});
