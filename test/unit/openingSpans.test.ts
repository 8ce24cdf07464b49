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

/** The spans of an empty database, which is asked for nothing but its count and some rows. */
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

test("nothing is asked before it begins, and what has begun is not asked for again", async () => {
	const spans = opening();
	const before = asked.length;
	spans.begin();
	const begun = counts();
	await spans.find();
	await spans.find(Date.now() - DAY_MS / 2);
	expect([before, begun, counts()]).toEqual([0, 1, 1]);
});

test("without a beginning it is searched for when it is wanted", async () => {
	await opening().find();
	expect(counts()).toBe(1);
});

test("a request that reaches further back than usual searches again", async () => {
	const spans = opening();
	spans.begin();
	await spans.find(Date.now() - 3 * DAY_MS);
	expect(counts()).toBe(2);
});

test("where the database can't be asked, one span holds everything, and nothing is tried again", async () => {
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
