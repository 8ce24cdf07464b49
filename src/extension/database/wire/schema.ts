import * as v from "valibot";

/** A table as far as a client cares. Column types read like `Identity`, `String`, `Option<String>`. */
export interface TableSchema {
	readonly name: string;
	readonly isPublic: boolean;
	readonly columns: readonly { readonly name: string; readonly type: string }[];
}

export interface ReducerSchema {
	readonly name: string;
	readonly parameters: readonly { readonly name: string; readonly type: string }[];
}

export interface DatabaseSchema {
	readonly tables: readonly TableSchema[];
	readonly reducers: readonly ReducerSchema[];
}

const element = v.object({ name: v.unknown(), algebraic_type: v.unknown() });
const elements = v.object({ elements: v.array(element) });

/** `GET /v1/database/:name/schema?version=9` of server 1.3.0; what is not needed is left unread. */
const rawSchema = v.object({
	typespace: v.object({ types: v.array(v.unknown()) }),
	tables: v.array(
		v.object({
			name: v.string(),
			product_type_ref: v.number(),
			table_access: v.record(v.string(), v.unknown()),
		}),
	),
	reducers: v.array(v.object({ name: v.string(), params: elements })),
});

/** Reads the answer of the schema address; `undefined` for anything of another shape. */
export function readSchema(raw: unknown): DatabaseSchema | undefined {
	const parsed = v.safeParse(rawSchema, raw);
	if (!parsed.success) {
		return undefined;
	}
	const { typespace, tables, reducers } = parsed.output;
	const columnsOf = (product: v.InferOutput<typeof elements>) =>
		product.elements.map(({ name, algebraic_type }) => ({
			name: readName(name),
			type: typeName(algebraic_type, typespace.types),
		}));
	return {
		tables: tables.map((table) => {
			const type = typespace.types[table.product_type_ref];
			const product = v.safeParse(v.object({ Product: elements }), type);
			return {
				name: table.name,
				isPublic: "Public" in table.table_access,
				columns: product.success ? columnsOf(product.output.Product) : [],
			};
		}),
		reducers: reducers.map((reducer) => ({
			name: reducer.name,
			parameters: columnsOf(reducer.params),
		})),
	};
}

function readName(raw: unknown): string {
	const some = v.safeParse(v.object({ some: v.string() }), raw);
	return some.success ? some.output.some : "";
}

/** Types nest; a schema that nests deeper than this is made to be slow. */
const MAX_DEPTH = 8;

const SPECIAL_PRODUCTS: Record<string, string> = {
	__identity__: "Identity",
	__connection_id__: "ConnectionId",
	__timestamp_micros_since_unix_epoch__: "Timestamp",
	__time_duration_micros__: "TimeDuration",
};

function typeName(raw: unknown, types: readonly unknown[], depth = 0): string {
	if (typeof raw !== "object" || raw === null || depth > MAX_DEPTH) {
		return "?";
	}
	const [kind, value]: [string, unknown] = Object.entries<unknown>({ ...raw })[0] ?? [
		"?",
		undefined,
	];
	switch (kind) {
		case "Ref":
			return typeof value === "number" ? typeName(types[value], types, depth + 1) : "?";
		case "Array":
			return `Array<${typeName(value, types, depth + 1)}>`;
		case "Product": {
			const product = v.safeParse(elements, value);
			const fields = product.success ? product.output.elements : [];
			const special = fields.length === 1 ? SPECIAL_PRODUCTS[readName(fields[0]?.name)] : undefined;
			return special ?? "Product";
		}
		case "Sum": {
			const sum = v.safeParse(v.object({ variants: v.array(element) }), value);
			const [some, none] = sum.success ? sum.output.variants : [];
			return readName(some?.name) === "some" && readName(none?.name) === "none"
				? `Option<${typeName(some?.algebraic_type, types, depth + 1)}>`
				: "Sum";
		}
		default:
			return kind;
	}
}
