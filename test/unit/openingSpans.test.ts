import { beforeEach, expect, test } from "vitest";
import type { ChatSchema } from "../../src/extension/database/wire/chatSchema";
import { OpeningSpans } from "../../src/extension/database/quickstart/openingSpans";

const DAY_MS = 24 * 60 * 60 * 1_000;
const SCHEMA: ChatSchema = {
	kind: "quickstart",
	setName: "set_name",
	sendMessage: "send_message",
	sent: "sent",
	canSearch: false,
	hasRooms: false,
};

let asked: string[];
let failure: Error | undefined;

beforeEach(() => {
	asked = [];
	failure = undefined;
});

/** Makes the spans of an empty database, which answers a count and some rows. */
function opening(): OpeningSpans {
	const runSql = (query: string): Promise<unknown[][]> => {
		asked.push(query);
		return failure === undefined
			? Promise.resolve(query.includes("COUNT") ? [[0]] : [])
			: Promise.reject(failure);
	};
	return new OpeningSpans({ runSql, schema: SCHEMA, windowMs: DAY_MS });
}

const counts = () => asked.filter((query) => query.includes("COUNT")).length;

test("no query runs before the beginning, and none runs twice", async () => {
	const spans = opening();
	const before = asked.length;
	spans.begin();
	const begun = counts();
	await spans.find();
	await spans.find(Date.now() - DAY_MS / 2);
	expect([before, begun, counts()]).toEqual([0, 1, 1]);
});

test("a missing beginning is searched at its first use", async () => {
	await opening().find();
	expect(counts()).toBe(1);
});

test("a look further back than usual starts a new search", async () => {
	const spans = opening();
	spans.begin();
	await spans.find(Date.now() - 3 * DAY_MS);
	expect(counts()).toBe(2);
});

test("without queries, one span holds everything, and no query is retried", async () => {
	failure = new Error("a proxy");
	const spans = opening();
	spans.begin();
	const { live } = await spans.find();
	const found = await spans.find();
	expect([counts(), found.condition(live, "sent"), await found.hasOlderThan(live)]).toEqual([
		1,
		"",
		false,
	]);
});
