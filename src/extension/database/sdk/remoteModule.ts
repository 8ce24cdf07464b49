import type {
	AlgebraicType,
	DbConnectionBuilder,
	DbConnectionImpl,
} from "@clockworklabs/spacetimedb-sdk";
import type { ReducerName, TableName } from "../../../module_bindings/client.generated";
import { REDUCERS, TABLES } from "../../../module_bindings/client.generated";
import type { ChatSchema } from "../wire/chatSchema";
import type { Row } from "./moduleTypes";
import { productType } from "./moduleTypes";
import type { TableHandle } from "./tableEvents";

/** The SDK's description of a module. */
export type RemoteModule = ConstructorParameters<typeof DbConnectionBuilder>[0];

/** The SDK's cache of each public table. */
export type ChatTables = { readonly [T in TableName]: TableHandle<Row<T>> };

/** A connection of the SDK with those tables. */
export type ChatDbConnection = DbConnectionImpl<ChatTables>;

/** The part of a connection that generated bindings use and that is not declared (SDK 1.3.3). */
interface WithCache {
	readonly clientCache: { getOrCreateTable(description: unknown): unknown };
}

/** The name that a database gives a reducer. Quickstart databases in C# have names of their own. */
export function reducerNameIn(schema: ChatSchema, name: ReducerName): string {
	return name === "setName" || name === "sendMessage" ? schema[name] : REDUCERS[name].name;
}

/** The arguments' type of a reducer, which encodes a call and reads its answer. */
export function argumentsType(name: ReducerName): AlgebraicType {
	return productType(REDUCERS[name].args);
}

/**
 * Describes a database to the SDK. The SDK looks the arguments of an answer up by the reducer's name, so
 * the reducers have the names of this database.
 */
export function remoteModuleFor(schema: ChatSchema): RemoteModule {
	const tables = tableDescriptions();
	const reducers = (Object.keys(REDUCERS) as ReducerName[]).map((name) => ({
		reducerName: reducerNameIn(schema, name),
		argsType: argumentsType(name),
	}));
	return {
		tables: Object.fromEntries(
			Object.values(tables).map((description) => [description.tableName, description]),
		),
		reducers: Object.fromEntries(reducers.map((reducer) => [reducer.reducerName, reducer])),
		versionInfo: { cliVersion: "1.3.0" },
		// Generated bindings copy the whole connection for each event. The backends read the event alone.
		eventContextConstructor: (_connection: unknown, event: unknown) => ({ event }),
		dbViewConstructor: ({ clientCache }: WithCache) =>
			Object.fromEntries(
				Object.entries(tables).map(([name, description]) => [
					name,
					clientCache.getOrCreateTable(description),
				]),
			),
		// `ReducerClient` calls the reducers, which therefore need no methods.
		reducersConstructor: () => ({}),
		setReducerFlagsConstructor: () => ({}),
	} as unknown as RemoteModule;
}

/** The SDK's description of a table (1.3.3). */
interface TableDescription {
	readonly tableName: string;
	readonly rowType: AlgebraicType;
	readonly primaryKeyInfo?: { readonly colName: string; readonly colType: AlgebraicType };
}

/** Describes the tables to the SDK, by the names of the code. */
function tableDescriptions(): Record<string, TableDescription> {
	return Object.fromEntries(
		Object.entries(TABLES).map(([name, table]) => {
			const rowType = productType(table.columns);
			const primaryKey = "primaryKey" in table ? table.primaryKey : undefined;
			const column = rowType.product.elements.find((element) => element.name === primaryKey);
			return [
				name,
				{
					tableName: table.name,
					rowType,
					...(column === undefined
						? {}
						: { primaryKeyInfo: { colName: column.name, colType: column.algebraicType } }),
				},
			];
		}),
	);
}
