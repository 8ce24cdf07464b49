import {
	cp,
	mkdir,
	readdir,
	readFile,
	rename,
	rm,
	stat,
	utimes,
	writeFile,
} from "node:fs/promises";
import { existsSync, readFileSync } from "node:fs";
import { createHash } from "node:crypto";
import { basename, join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { cachedFolder, withLock } from "../../scripts/lib/cache.mjs";
import {
	callReducer,
	createIdentity,
	makeOwner,
	publish,
	readSchema,
	sql,
} from "../../scripts/lib/databases.mjs";
import { CHECKOUT } from "../../scripts/lib/dependencies.mjs";
import { temporaryFolder } from "../../scripts/lib/processes.mjs";
import { publishSeeded } from "../../scripts/lib/seed.mjs";
import { startServer } from "../../scripts/lib/spacetimedb.mjs";
import { buildModule } from "../../scripts/lib/wasm.mjs";
import type { Member } from "./privateRoom";
import { sayAlone } from "./privateRoom";
import { cpuSeconds } from "./processUse";

/** A tutorial's database, the same with our module over it, or one of ours with a private room. */
export type Kind = "ours" | "stock" | "private";

/** Who owns the seeded databases; kept beside the data, which are nobody's but the bench's. */
interface DisposableStore {
	readonly identity: string;
	readonly token: string;
}

/** A server with one seeded database. */
export interface Seeded {
	readonly url: string;
	readonly port: number;
	readonly pid: number;
	readonly database: string;
	readonly messages: number;
	readonly owner: DisposableStore;
	/** Who is in the private room, and which that is; nobody's in a database without one. */
	readonly member: Member;
	/** From the server's start until its database answered, in milliseconds. */
	readonly loadMs: number;
	stop(): Promise<void>;
}

const DATABASE = "quickstart-chat";
const SEED = 1;
const OWNER_FILE = "bench-owner.json";
/** Which module has the data. */
const MODULE_FILE = "bench-module";
const MEMBER_FILE = "bench-member.json";
const NOBODY: Member = { identity: "", token: "", room: 0 };
const CRATES: Record<Kind, string[]> = {
	ours: ["server"],
	stock: ["test", "modules", "stock"],
	private: ["server"],
};
/** A million messages are copied to posts in one transaction, and their index made behind that. */
const SETTLED_LIMIT_MS = 30 * 60_000;
/** Data that were seeded otherwise and nobody measured with for so long go. */
const UNUSED_MS = 3 * 24 * 60 * 60_000;
/** A server is at rest when it used less than this of one core for a while. */
const REST_LOAD = 0.05;
const REST_LOOK_MS = 2_000;
/** No rate of people's: a bench sends more than they do. */
const LIMITS = [8_000, 64, 1_000_000, 1_000_000, 1_000];

/** Starts a server with a copy of a database of so many messages. The first time takes minutes. */
export async function startSeeded(kind: Kind, messages: number): Promise<Seeded> {
	const source = await ensureSeeded(kind, messages);
	const folder = temporaryFolder("spacetimedb-chat-bench");
	await cp(source, folder, { recursive: true, force: true });
	const server = await startServer({ dataDir: folder });
	const loadMs = await loaded(server.url);
	const owner = JSON.parse(await readFile(join(folder, OWNER_FILE), "utf8")) as DisposableStore;
	const memberFile = join(folder, MEMBER_FILE);
	const member = existsSync(memberFile)
		? (JSON.parse(await readFile(memberFile, "utf8")) as Member)
		: NOBODY;
	const { url, port, pid } = server;
	await atRest(pid);
	return {
		url,
		port,
		pid,
		database: DATABASE,
		messages,
		owner,
		member,
		loadMs,
		stop: async () => {
			await server.stop();
			await rm(folder, { recursive: true, force: true });
		},
	};
}

/** Waits until the database is there: a server reads it when it is first asked for (server 1.3.0). */
async function loaded(url: string): Promise<number> {
	const began = performance.now();
	const giveUpMs = Date.now() + SETTLED_LIMIT_MS;
	for (;;) {
		const isThere = await readSchema(url, DATABASE).then(
			() => true,
			() => false,
		);
		if (isThere) {
			return performance.now() - began;
		}
		if (Date.now() > giveUpMs) {
			throw new Error("The seeded database does not answer.");
		}
		await sleep(REST_LOOK_MS);
	}
}

/**
 * The folder in the cache with the data of a server that has it. Made once for each way of seeding; a
 * module that has changed since is published over it, as people do with theirs.
 */
async function ensureSeeded(kind: Kind, messages: number): Promise<string> {
	const module = await buildModule(join(CHECKOUT, ...CRATES[kind]));
	const seed = createHash("sha256")
		.update(readFileSync(join(CHECKOUT, "scripts", "lib", "seed.mjs")))
		.digest("hex");
	const name = `${kind}-${messages}-${seed.slice(0, 8)}`;
	const folder = join(cachedFolder("bench"), name);
	await withLock(`bench-${name}`, async () => {
		if (!existsSync(folder)) {
			await forgetUnused(`${kind}-${messages}-`);
			await seedInto(folder, module, kind, messages);
		} else if ((await readFile(join(folder, MODULE_FILE), "utf8")) !== basename(module)) {
			await publishOver(folder, module);
		}
	});
	const now = new Date();
	await utimes(folder, now, now);
	return folder;
}

/** A million messages take gigabytes. */
async function forgetUnused(prefix: string): Promise<void> {
	const all = cachedFolder("bench");
	for (const name of await readdir(all)) {
		const isOld = Date.now() - (await stat(join(all, name))).mtimeMs > UNUSED_MS;
		if (name.startsWith(prefix) && isOld) {
			await rm(join(all, name), { recursive: true, force: true });
		}
	}
}

async function publishOver(folder: string, module: string): Promise<void> {
	console.log(`Publishing the module of today over ${basename(folder)}…`);
	const owner = JSON.parse(await readFile(join(folder, OWNER_FILE), "utf8")) as DisposableStore;
	const server = await startServer({ dataDir: folder });
	try {
		await loaded(server.url);
		await publish(server.url, DATABASE, owner.token, module);
		await callReducer(server.url, DATABASE, owner.token, "announce", [""]).catch(() => undefined);
		await atRest(server.pid);
	} finally {
		await server.stop();
	}
	await writeFile(join(folder, MODULE_FILE), basename(module));
}

async function seedInto(
	folder: string,
	module: string,
	kind: Kind,
	messages: number,
): Promise<void> {
	console.log(`Seeding ${messages.toLocaleString("en")} messages (${kind})…`);
	const draft = `${folder}.draft`;
	await rm(draft, { recursive: true, force: true });
	await mkdir(draft, { recursive: true, mode: 0o700 });
	const server = await startServer({ dataDir: draft });
	try {
		const owner = await createIdentity(server.url);
		if (kind !== "private") {
			await publishSeeded(server.url, DATABASE, owner, { count: messages, seed: SEED });
		}
		await publish(server.url, DATABASE, owner.token, module);
		if (kind === "private") {
			await makeOwner(server.url, DATABASE, owner);
			await callReducer(server.url, DATABASE, owner.token, "set_limits", LIMITS);
			const member = await sayAlone(server.url, DATABASE, { count: messages, seed: SEED });
			await writeFile(join(draft, MEMBER_FILE), JSON.stringify(member), { mode: 0o600 });
		}
		if (kind === "ours") {
			await makeOwner(server.url, DATABASE, owner);
			// Any call connects, and the first connection brings the database up. With a million messages
			// that takes longer than a request may.
			await callReducer(server.url, DATABASE, owner.token, "announce", [""]).catch(() => undefined);
			await allCopied(server.url, owner, messages);
			await callReducer(server.url, DATABASE, owner.token, "set_limits", LIMITS);
		}
		await atRest(server.pid);
		await writeFile(join(draft, OWNER_FILE), JSON.stringify(owner), { mode: 0o600 });
		await writeFile(join(draft, MODULE_FILE), basename(module));
	} finally {
		await server.stop();
	}
	await rename(draft, folder);
}

async function allCopied(url: string, { token }: DisposableStore, messages: number): Promise<void> {
	const giveUpMs = Date.now() + SETTLED_LIMIT_MS;
	for (;;) {
		const [row] = await sql(url, DATABASE, token, "SELECT COUNT(*) AS n FROM post").catch(() => []);
		if (Number(row?.[0]) === messages) {
			return;
		}
		if (Date.now() > giveUpMs) {
			throw new Error("The messages did not become posts.");
		}
		await sleep(1_000);
	}
}

/** Waits until a server has nothing to do any more: no index to make, no log to read. */
async function atRest(pid: number): Promise<void> {
	const giveUpMs = Date.now() + SETTLED_LIMIT_MS;
	for (;;) {
		const before = cpuSeconds(pid);
		if (before === undefined) {
			await sleep(REST_LOOK_MS);
			return;
		}
		await sleep(REST_LOOK_MS);
		const used = (cpuSeconds(pid) ?? before) - before;
		if (used / (REST_LOOK_MS / 1_000) < REST_LOAD) {
			return;
		}
		if (Date.now() > giveUpMs) {
			throw new Error("The server does not come to rest.");
		}
	}
}
