import fc from "fast-check";
import { expect, test } from "vitest";
import { recogniseChat } from "../../src/extension/database/chatSchema";
import type { DatabaseSchema } from "../../src/extension/database/wire/schema";
import { readSchema } from "../../src/extension/database/wire/schema";
import committedSchema from "../../src/module_bindings/schema.json";

const ours = readSchema(committedSchema);

function changed(
	change: (schema: { -readonly [K in keyof DatabaseSchema]: DatabaseSchema[K] }) => void,
) {
	const schema = structuredClone(ours) as DatabaseSchema;
	change(schema);
	return recogniseChat(schema);
}

test("the server's schema is read", () => {
	expect(ours?.tables.find(({ name }) => name === "user")).toEqual({
		name: "user",
		isPublic: true,
		columns: [
			{ name: "identity", type: "Identity" },
			{ name: "name", type: "Option<String>" },
			{ name: "online", type: "Bool" },
		],
	});
});

test("a private message table is no chat, and says so", () => {
	const found = changed((schema) => {
		schema.tables = schema.tables.map((table) => ({ ...table, isPublic: table.name === "user" }));
	});
	expect(found).toMatchObject({
		found: "message(Identity, Timestamp, String), private",
		needed: "message(Identity, Timestamp, String)",
	});
});

test("a reducer that takes something else is none of ours", () => {
	const found = changed((schema) => {
		schema.reducers = schema.reducers.map((reducer) => ({ ...reducer, parameters: [] }));
	});
	expect(found).toMatchObject({
		kind: "notAChat",
		needed: "set_name(String), send_message(String)",
	});
});

test("a table that is missing is named", () => {
	const found = changed((schema) => {
		schema.tables = [];
	});
	expect(found).toMatchObject({ found: "no table user" });
});

test("no answer of a server makes the reader throw", () => {
	fc.assert(
		fc.property(fc.anything(), (raw) => {
			readSchema(raw);
		}),
	);
});

test("a type that contains itself is read without end", () => {
	const raw = structuredClone(committedSchema) as { typespace: { types: unknown[] } };
	raw.typespace.types = raw.typespace.types.map(() => ({ Ref: 0 }));
	expect(readSchema(raw)?.tables.every(({ columns }) => columns.length === 0)).toBe(true);
});
