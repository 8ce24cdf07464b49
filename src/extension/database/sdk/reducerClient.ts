import type { ReducerEvent } from "@clockworklabs/spacetimedb-sdk";
import { BinaryWriter, Identity, Timestamp } from "@clockworklabs/spacetimedb-sdk";
import type { ReducerName } from "../../../module_bindings/client.generated";
import { REDUCERS } from "../../../module_bindings/client.generated";
import type { CallResult } from "../../chat/backend";
import type { ChatSchema } from "../wire/chatSchema";
import type { ReducerArguments } from "./moduleTypes";
import type { ChatDbConnection } from "./remoteModule";
import { argumentsType, reducerNameIn } from "./remoteModule";
import { toSafeNumber } from "./rows";
import type { Guard } from "./tableEvents";

/** Time for an answer. The SDK does not report every failure of a call (1.3.3), hence a limit. */
const CALL_TIMEOUT_MS = 10_000;

interface OpenCall {
	/** The arguments as text: equal for a call and for its answer. */
	readonly key: string;
	readonly onResult: (result: CallResult) => void;
	readonly timer: NodeJS.Timeout;
}

/**
 * Calls the reducers of a database and reports how each call ended. SDK 1.3.3 gives every call the request
 * id 0, so an answer is matched by reducer and arguments; the server answers the calls of a connection in
 * their order.
 */
export class ReducerClient {
	readonly #connection: ChatDbConnection;
	readonly #schema: ChatSchema;
	readonly #guard: Guard;
	/** Calls without an answer, for each reducer whose answers the client listens to. */
	readonly #open = new Map<ReducerName, OpenCall[]>();

	constructor(connection: ChatDbConnection, schema: ChatSchema, guard: Guard) {
		this.#connection = connection;
		this.#schema = schema;
		this.#guard = guard;
	}

	/** Calls a reducer. `onResult` is called exactly once. */
	call<N extends ReducerName>(
		name: N,
		args: ReducerArguments<N>,
		onResult: (result: CallResult) => void,
	): void {
		const open = this.#open.get(name) ?? this.#listen(name);
		const call: OpenCall = {
			key: keyOf(argumentValues(name, args)),
			onResult,
			timer: setTimeout(() => {
				remove(open, call);
				onResult({ kind: "noAnswer", why: "timeout" });
			}, CALL_TIMEOUT_MS),
		};
		open.push(call);
		this.send(name, args);
	}

	/** Calls a reducer whose answer has no use. */
	send<N extends ReducerName>(name: N, args: ReducerArguments<N>): void {
		const writer = new BinaryWriter(1_024);
		argumentsType(name).serialize(writer, args);
		const reducer = reducerNameIn(this.#schema, name);
		this.#connection.callReducer(reducer, writer.getBuffer(), "FullUpdate");
	}

	/** Ends every open call without an answer, because the connection is closed. */
	cut(): void {
		const calls = [...this.#open.values()].flatMap((open) => open.splice(0));
		for (const { timer, onResult } of calls) {
			clearTimeout(timer);
			onResult({ kind: "noAnswer", why: "cut" });
		}
	}

	#listen(name: ReducerName): OpenCall[] {
		const open: OpenCall[] = [];
		this.#open.set(name, open);
		this.#connection.onReducer(
			reducerNameIn(this.#schema, name),
			(context, ...values: readonly unknown[]) =>
				this.#guard(() => {
					const key = keyOf(values);
					const call = open.find((one) => one.key === key);
					if (call !== undefined) {
						remove(open, call);
						clearTimeout(call.timer);
						call.onResult(readStatus(context.event));
					}
				}),
		);
		return open;
	}
}

function remove(open: OpenCall[], call: OpenCall): void {
	open.splice(open.indexOf(call), 1);
}

/** Returns the arguments in the order of the reducer, in which an answer has them. */
function argumentValues<N extends ReducerName>(name: N, args: ReducerArguments<N>): unknown[] {
	const byName: Readonly<Record<string, unknown>> = args;
	return Object.keys(REDUCERS[name].args).map((argument) => byName[argument]);
}

function keyOf(values: readonly unknown[]): string {
	return JSON.stringify(values, (_name, value: unknown) => {
		if (value instanceof Identity) {
			return value.toHexString();
		}
		if (value instanceof Timestamp) {
			return String(value.microsSinceUnixEpoch);
		}
		return typeof value === "bigint" ? String(value) : (value ?? null);
	});
}

function readStatus(event: ReducerEvent<never>): CallResult {
	switch (event.status.tag) {
		case "Committed":
			return {
				kind: "committed",
				atMicros: toSafeNumber(event.timestamp.microsSinceUnixEpoch),
			};
		case "Failed":
			return { kind: "refused", reason: (event.status as { value: string }).value };
		default:
			return { kind: "refused", reason: "The database is out of energy." };
	}
}
