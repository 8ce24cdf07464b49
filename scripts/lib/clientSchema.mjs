// Writes the client's copy of the module's schema, from the schema that a server reports and from the
// constants of the module's source. Needs neither a server nor a compiler.

import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { CHECKOUT } from "./dependencies.mjs";

/** Files of the module whose constants the client has too. */
const CONSTANT_FILES = ["codes.rs", "ids.rs", "rules/limits.rs"];
const MAX_LINE_LENGTH = 100;

/**
 * A type of the schema as the server encodes it: an object with one key, such as `{ U32: [] }`.
 * @typedef {Readonly<Record<string, any>>} RawType
 * @typedef {{ readonly name: { readonly some: string }, readonly algebraic_type: RawType }} RawField
 */

/** The names of products that the SDK has a class for. @type {Readonly<Record<string, string>>} */
const SPECIAL_PRODUCTS = {
	__identity__: "Identity",
	__timestamp_micros_since_unix_epoch__: "Timestamp",
};

/** Converts `room_head` to `roomHead`. @param {string} name */
function camelCase(name) {
	return name.replace(/_([a-z])/g, (_match, /** @type {string} */ letter) => letter.toUpperCase());
}

/** @param {{ readonly name: string }} a @param {{ readonly name: string }} b */
function byName(a, b) {
	return a.name < b.name ? -1 : 1;
}

/**
 * Names types as `U32`, `Identity`, `Option<String>`, or as the module calls them.
 * @param {any} schema
 */
function typeNames(schema) {
	/** @type {ReadonlyMap<number, string>} */
	const named = new Map(
		schema.types.map((/** @type {any} */ { ty, name }) => [ty, /** @type {string} */ (name.name)]),
	);
	/** Names of the schema's own types that were named so far. @type {Set<number>} */
	const used = new Set();
	/** @param {RawType} type @returns {string} */
	function nameOf(type) {
		const [kind, value] = Object.entries(type)[0] ?? ["", undefined];
		switch (kind) {
			case "Ref":
				used.add(value);
				return named.get(value) ?? fail(`type ${value} has no name`);
			case "Array":
				return `Array<${nameOf(value)}>`;
			case "Product":
				return (
					SPECIAL_PRODUCTS[value.elements[0]?.name.some] ??
					fail("a product without a name is unknown")
				);
			case "Sum": {
				const [some, none] = value.variants;
				return some.name.some === "some" && none.name.some === "none"
					? `Option<${nameOf(some.algebraic_type)}>`
					: fail("a sum without a name is unknown");
			}
			default:
				return kind;
		}
	}
	return { nameOf, used, named };
}

/** @param {string} why @returns {never} */
function fail(why) {
	throw new Error(`The client's schema can't be written: ${why}`);
}

/** Writes an object literal with one entry on each line. @param {readonly string[]} entries @param {string} indent */
function block(entries, indent) {
	return `{\n${entries.map((entry) => `${indent}\t${entry},\n`).join("")}${indent}}`;
}

/** Writes an object literal on one line. @param {readonly string[]} entries */
function inline(entries) {
	return entries.length === 0 ? "{}" : `{ ${entries.join(", ")} }`;
}

/** @param {string} text @param {string} indent */
function comment(text, indent = "") {
	const short = `${indent}/** ${text} */`;
	if (short.length <= MAX_LINE_LENGTH) {
		return short;
	}
	const lines = [""];
	for (const word of text.split(" ")) {
		const line = `${lines.at(-1) ?? ""} ${word}`;
		if (`${indent} *${line}`.length > MAX_LINE_LENGTH) {
			lines.push(` ${word}`);
		} else {
			lines[lines.length - 1] = line;
		}
	}
	return [`${indent}/**`, ...lines.map((line) => `${indent} *${line}`), `${indent} */`].join("\n");
}

/** Reads `pub const NAME: TYPE = NUMBER;` with its comment. @param {string} source Rust */
function readConstants(source) {
	const pattern =
		/((?:^\/\/\/ .*\n)*)^pub const ([A-Z0-9_]+): [iu](?:8|16|32|64|size) = ([\d_]+);/gm;
	return [...source.matchAll(pattern)].map(([, comments = "", name = "", digits = ""]) => ({
		name,
		value: Number(digits.replaceAll("_", "")),
		about: comments.replaceAll("/// ", "").trim().replaceAll("\n", " "),
	}));
}

/**
 * Returns the text of `client.generated.ts`: tables and reducers that a client can use, and constants.
 * @param {any} schema as a server reports it
 * @param {readonly string[]} sources Rust files with constants
 */
export function clientSchemaText(schema, sources) {
	const { nameOf, used, named } = typeNames(schema);
	/** @param {readonly RawField[]} fields */
	const entries = (fields) =>
		fields.map(
			({ name, algebraic_type }) => `${camelCase(name.some)}: "${nameOf(algebraic_type)}"`,
		);
	const isPublic = (/** @type {any} */ { table_access }) => "Public" in table_access;
	const privateRows = new Set(
		schema.tables
			.filter((/** @type {any} */ table) => !isPublic(table))
			.map((/** @type {any} */ { product_type_ref }) => product_type_ref),
	);
	const tables = schema.tables
		.filter(isPublic)
		.toSorted(byName)
		.map((/** @type {any} */ { name, product_type_ref, primary_key }) => {
			const { elements } = schema.typespace.types[product_type_ref].Product;
			const [key] = primary_key;
			const lines = [
				`name: "${name}"`,
				...(key === undefined ? [] : [`primaryKey: "${camelCase(elements[key].name.some)}"`]),
				`columns: ${block(entries(elements), "\t\t")}`,
			];
			return `${camelCase(name)}: ${block(lines, "\t")}`;
		});
	const reducers = schema.reducers
		// A client can't call the reducers of its connections, nor those of timers, which take a private row.
		.filter((/** @type {any} */ { lifecycle }) => "none" in lifecycle)
		.filter(
			(/** @type {any} */ { params }) =>
				!params.elements.some((/** @type {RawField} */ { algebraic_type: { Ref } }) =>
					privateRows.has(Ref),
				),
		)
		.toSorted(byName)
		.map((/** @type {any} */ { name, params }) => {
			const lines = [`name: "${name}"`, `args: ${inline(entries(params.elements))}`];
			return `${camelCase(name)}: ${block(lines, "\t")}`;
		});
	/** @type {Map<string, string>} */
	const types = new Map();
	// Naming a type may use another one, which the set then has as well.
	for (const index of used) {
		const { Product: product, Sum: sum } = schema.typespace.types[index];
		const name = named.get(index) ?? "";
		if (product !== undefined) {
			types.set(name, `${name}: { product: ${inline(entries(product.elements))} }`);
		} else {
			const variants = sum.variants.map((/** @type {RawField} */ variant) =>
				variant.algebraic_type["Product"]?.elements.length === 0
					? `"${variant.name.some}"`
					: fail(`the variant ${variant.name.some} has a value`),
			);
			types.set(name, `${name}: { sum: [${variants.join(", ")}] }`);
		}
	}
	const typeLines = [...types].toSorted(([a], [b]) => (a < b ? -1 : 1)).map(([, line]) => line);
	const constants = sources.flatMap(readConstants);
	return [
		"// Written by `npm run generate` from the module in server/. Changes made here are lost.\n",
		comment("Types that the module names. A sum lists its variants, a product its fields."),
		`export const TYPES = ${block(typeLines, "")} as const;\n`,
		comment(
			"Public tables. The columns are in the order of the schema, in which the server encodes a row.",
		),
		`export const TABLES = ${block(tables, "")} as const;`,
		"export type TableName = keyof typeof TABLES;\n",
		comment("Reducers that a client may call, with their arguments in order."),
		`export const REDUCERS = ${block(reducers, "")} as const;`,
		"export type ReducerName = keyof typeof REDUCERS;\n",
		...constants.map(
			({ name, value, about }) =>
				`${about === "" ? "" : `${comment(about)}\n`}export const ${name} = ${value};`,
		),
		"",
	].join("\n");
}

/** Reads the module's files that have the constants. @returns {Promise<string[]>} */
export async function readConstantFiles() {
	return Promise.all(
		CONSTANT_FILES.map((file) => readFile(join(CHECKOUT, "server", "src", file), "utf8")),
	);
}
