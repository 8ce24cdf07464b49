import { readFile } from "node:fs/promises";
import { join } from "node:path";
import fc from "fast-check";
import { expect, test } from "vitest";
import { clientSchemaText, readConstantFiles } from "../../scripts/lib/clientSchema.mjs";
import { CHECKOUT } from "../../scripts/lib/dependencies.mjs";
import { recogniseChat } from "../../src/extension/database/wire/chatSchema";
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

test("the server's schema is accepted", () => {
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

test("a private message table is no chat, with a reason", () => {
	const found = changed((schema) => {
		schema.tables = schema.tables.map((table) => ({ ...table, isPublic: table.name === "user" }));
	});
	expect(found).toMatchObject({
		found: "message(Identity, Timestamp, String), private",
		needed: "message(Identity, Timestamp, String)",
	});
});

test("a reducer with other arguments is not accepted", () => {
	const found = changed((schema) => {
		schema.reducers = schema.reducers.map((reducer) => ({ ...reducer, parameters: [] }));
	});
	expect(found).toMatchObject({
		kind: "notAChat",
		needed: "set_name(String), send_message(String)",
	});
});

test("a missing table is named", () => {
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

test("a recursive type is read without an endless loop", () => {
	const raw = structuredClone(committedSchema) as { typespace: { types: unknown[] } };
	raw.typespace.types = raw.typespace.types.map(() => ({ Ref: 0 }));
	expect(readSchema(raw)?.tables.every(({ columns }) => columns.length === 0)).toBe(true);
});

test("the client's schema is what the generator writes from the module's", async () => {
	const path = join(CHECKOUT, "src", "module_bindings", "client.generated.ts");
	expect(await readFile(path, "utf8")).toBe(
		clientSchemaText(committedSchema, await readConstantFiles()),
	);
});

test("the order in which a server lists tables and reducers does not change the client's schema", () => {
	const { tables, reducers, types } = committedSchema;
	const reversed = {
		...committedSchema,
		tables: tables.toReversed(),
		reducers: reducers.toReversed(),
		types: types.toReversed(),
	};
	expect(clientSchemaText(reversed, [])).toBe(clientSchemaText(committedSchema, []));
});

test("constants are read with their comments", () => {
	const source =
		"/// Length of a name,\n/// in bytes.\npub const MAX: u32 = 1_000;\nconst OWN: u8 = 1;\n";
	expect(clientSchemaText(committedSchema, [source])).toMatch(
		/\n\/\*\* Length of a name, in bytes\. \*\/\nexport const MAX = 1000;\n$/,
	);
});
