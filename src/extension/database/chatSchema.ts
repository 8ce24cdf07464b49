import { ROOM_TABLE_SHAPES } from "./rooms/roomTableShapes";
import type { DatabaseSchema, ReducerSchema, TableSchema } from "./wire/schema";

/** A database that can be chatted in, and by what names. */
export interface ChatSchema {
	/** `rooms` is a superset of the tutorial's, with ids (`server/`). */
	readonly kind: "quickstart" | "rooms";
	/** As the schema calls them: `set_name` in Rust's tutorial, `SetName` in C#'s. */
	readonly setName: string;
	readonly sendMessage: string;
	/** The column of `message` with the time: `sent` or `Sent`. */
	readonly sent: string;
	/** The database can search; only one of `rooms` can. */
	readonly canSearch: boolean;
	/** It has rooms, private talk, statuses and moderators; only one of `rooms` has. */
	readonly hasRooms: boolean;
}

/** A table by its name and the types of its columns, in order. */
export interface TableShape {
	readonly name: string;
	readonly types: readonly string[];
}

/** Why a database is none: what was found and what is needed, in schema words. */
export interface NotAChat {
	readonly kind: "notAChat";
	readonly found: string;
	readonly needed: string;
}

const USER = { name: "user", types: ["Identity", "Option<String>", "Bool"] };
/** `server/src/post.rs`, `server/src/room.rs` and `server/src/limits.rs`. */
const OURS = [
	{
		name: "post",
		types: [
			...["U64", "U64", "U32", "U64", "Identity", "Timestamp", "Option<String>", "String"],
			...["Option<U64>", "Option<Timestamp>", "Sum"],
		],
	},
	{ name: "room_head", types: ["U32", "U64"] },
	{ name: "limits", types: ["U8", "U32", "U32", "U32", "U32", "U32"] },
];
/** `server/src/search.rs`. */
const SEARCH_RESULT = {
	name: "search_result",
	types: ["Identity", "U32", "U64", "Array<Product>", "Option<U64>", "Bool", "Bool"],
};
const MESSAGE = { name: "message", types: ["Identity", "Timestamp", "String"] };

/**
 * Recognises the quickstart chat by table names and column types in order: rows are encoded without
 * column names, and the tutorials in Rust and C# name columns and reducers differently.
 */
export function recogniseChat(schema: DatabaseSchema): ChatSchema | NotAChat {
	for (const needed of [USER, MESSAGE]) {
		if (!hasTable(schema, needed)) {
			const table = schema.tables.find(({ name }) => name === needed.name);
			return {
				kind: "notAChat",
				found: describeTable(table, needed.name),
				needed: `${needed.name}(${needed.types.join(", ")})`,
			};
		}
	}
	const setName = findReducer(schema, ["set_name", "SetName", "setName"]);
	const sendMessage = findReducer(schema, ["send_message", "SendMessage", "sendMessage"]);
	if (setName === undefined || sendMessage === undefined) {
		return {
			kind: "notAChat",
			found: schema.reducers.map(({ name }) => name).join(", "),
			needed: "set_name(String), send_message(String)",
		};
	}
	const kind = isOurs(schema) ? "rooms" : "quickstart";
	const canSearch = kind === "rooms" && hasTable(schema, SEARCH_RESULT);
	const hasRooms = canSearch && ROOM_TABLE_SHAPES.every((needed) => hasTable(schema, needed));
	return { kind, setName, sendMessage, sent: timeColumn(schema), canSearch, hasRooms };
}

/** Whether the tables and reducers that our backend uses are all there, in the shape it knows. */
function isOurs(schema: DatabaseSchema): boolean {
	const hasTables = OURS.every((needed) => hasTable(schema, needed));
	return hasTables && findReducer(schema, ["announce"]) !== undefined;
}

/** Whether there is a public table of this shape. */
function hasTable(schema: DatabaseSchema, needed: TableShape): boolean {
	const table = schema.tables.find(({ name }) => name === needed.name);
	return table?.isPublic === true && columnTypes(table).join() === needed.types.join();
}

/** Goes into SQL, so it is a plain word or the tutorial's. */
function timeColumn({ tables }: DatabaseSchema): string {
	const columns = tables.find(({ name }) => name === MESSAGE.name)?.columns ?? [];
	const name = columns[MESSAGE.types.indexOf("Timestamp")]?.name ?? "";
	return /^[A-Za-z_][A-Za-z0-9_]*$/.test(name) ? name : "sent";
}

function columnTypes(table: TableSchema): string[] {
	return table.columns.map(({ type }) => type);
}

function describeTable(table: TableSchema | undefined, name: string): string {
	if (table === undefined) {
		return `no table ${name}`;
	}
	const columns = `${name}(${columnTypes(table).join(", ")})`;
	return table.isPublic ? columns : `${columns}, private`;
}

function findReducer(schema: DatabaseSchema, names: readonly string[]): string | undefined {
	const takesOneText = ({ parameters }: ReducerSchema) =>
		parameters.length === 1 && parameters[0]?.type === "String";
	return schema.reducers.find((reducer) => names.includes(reducer.name) && takesOneText(reducer))
		?.name;
}
