import type { TableName } from "../../../module_bindings/client.generated";
import { TABLES, TYPES } from "../../../module_bindings/client.generated";
import type { DatabaseSchema, ReducerSchema, TableSchema } from "./schema";

/** A chat database and its names. */
export interface ChatSchema {
	/** `rooms` for a database of `server/`, which has the tables of the quickstart and its own. */
	readonly kind: "quickstart" | "rooms";
	/** Names of reducers in this database: `set_name` in Rust, `SetName` in C#. */
	readonly setName: string;
	readonly sendMessage: string;
	/** Name of the column of `message` with the time: `sent` or `Sent`. */
	readonly sent: string;
	/** True for a rooms database with a search. */
	readonly canSearch: boolean;
	/** True for a rooms database with rooms, direct messages, statuses and moderators. */
	readonly hasRooms: boolean;
}

/** The reason why a database is no chat, in words of schemas. */
export interface NotAChat {
	readonly kind: "notAChat";
	readonly found: string;
	readonly needed: string;
}

/** Tables of every rooms database. */
const BASE_TABLES: readonly TableName[] = ["post", "roomHead", "limits"];
/** Further tables of a database with rooms. */
const ROOM_TABLES: readonly TableName[] = [
	"room",
	"membership",
	"privateRoom",
	"privatePost",
	"reaction",
	"privateReaction",
	"postVersion",
	"privatePostVersion",
	"roomActivity",
	"privateActivity",
	"readMark",
	"mention",
	"typing",
	"privateTyping",
	"profile",
	"role",
	"sanction",
	"sanctionDetail",
];

/**
 * Recognises a chat by its table names and by the column types in their order. An encoded row has no column
 * names, and the quickstarts in Rust and C# name columns and reducers differently. A row with one more column
 * than the client knows would stop the SDK (1.3.3).
 */
export function recogniseChat(schema: DatabaseSchema): ChatSchema | NotAChat {
	for (const name of ["user", "message"] as const) {
		if (!hasTable(schema, name)) {
			return {
				kind: "notAChat",
				found: describeTable(findTable(schema, name), name),
				needed: `${name}(${shapeOf(name).join(", ")})`,
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
	const hasPosts =
		hasTables(schema, BASE_TABLES) && findReducer(schema, ["announce"]) !== undefined;
	const kind = hasPosts ? "rooms" : "quickstart";
	const canSearch = kind === "rooms" && hasTable(schema, "searchResult");
	const hasRooms = canSearch && hasTables(schema, ROOM_TABLES);
	return { kind, setName, sendMessage, sent: timeColumn(schema), canSearch, hasRooms };
}

function hasTables(schema: DatabaseSchema, names: readonly TableName[]): boolean {
	return names.every((name) => hasTable(schema, name));
}

/** Returns true for a public table with the columns that the client knows. */
function hasTable(schema: DatabaseSchema, name: TableName): boolean {
	const table = findTable(schema, TABLES[name].name);
	return table?.isPublic === true && columnTypes(table).join() === shapeOf(name).join();
}

function findTable({ tables }: DatabaseSchema, name: string): TableSchema | undefined {
	return tables.find((table) => table.name === name);
}

/** Returns the types of a table's columns in the words of `TableSchema`, which names no type of a module. */
function shapeOf(name: TableName): string[] {
	return Object.values(TABLES[name].columns).map((type: string) =>
		type.replace(/\w+/g, (word) => {
			const named = Object.entries(TYPES).find(([typeName]) => typeName === word)?.[1];
			return named === undefined ? word : "sum" in named ? "Sum" : "Product";
		}),
	);
}

/** Returns the column of `message` with the time. The name becomes part of SQL, so it must be a plain word. */
function timeColumn(schema: DatabaseSchema): string {
	const columns = findTable(schema, "message")?.columns ?? [];
	const name = columns[shapeOf("message").indexOf("Timestamp")]?.name ?? "";
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
