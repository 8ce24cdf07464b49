import { fileURLToPath } from "node:url";
import { callReducer, createIdentity, makeOwner, publish } from "../../scripts/lib/databases.mjs";
import type { startServer } from "../../scripts/lib/spacetimedb.mjs";
import { buildModule } from "../../scripts/lib/wasm.mjs";

/** The module crates that tests publish, by their purpose. */
export const CRATES = {
	ours: "server",
	beforeRooms: "test/modules/before_rooms",
	stock: "test/modules/stock",
	csharpNames: "test/modules/csharp_names",
	notAChat: "test/modules/not_a_chat",
	wrongColumns: "test/modules/wrong_columns",
	seeded: "test/modules/seeded",
} as const;

export type Server = Awaited<ReturnType<typeof startServer>>;

/** Compiles the module of a crate. */
async function moduleOf(crate: keyof typeof CRATES): Promise<string> {
	return buildModule(fileURLToPath(new URL(`../../${CRATES[crate]}`, import.meta.url)));
}

/** Publishes a crate as a new identity, which owns the database and never chats in it. */
export async function publishAs(
	server: { readonly url: string },
	database: string,
	crate: keyof typeof CRATES,
): Promise<{ readonly identity: string; readonly token: string }> {
	const owner = await createIdentity(server.url);
	await publish(server.url, database, owner.token, await moduleOf(crate));
	return owner;
}

/** Lifts the rate limits, for a test that sends more than people do. */
export async function liftRates(
	server: { readonly url: string },
	database: string,
	owner: { readonly identity: string; readonly token: string },
): Promise<void> {
	await makeOwner(server.url, database, owner);
	const limits = [8_000, 64, 1_000_000, 1_000_000, 1_000];
	const answer = await callReducer(server.url, database, owner.token, "set_limits", limits);
	if (!answer.ok) {
		throw new Error(answer.message);
	}
}

/** Publishes a module over a database of the same owner; ours by default, as an upgrade does. */
export async function upgrade(
	server: { readonly url: string },
	database: string,
	owner: { readonly identity: string; readonly token: string },
	crate: keyof typeof CRATES = "ours",
): Promise<void> {
	await publish(server.url, database, owner.token, await moduleOf(crate));
}
