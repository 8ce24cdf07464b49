import * as fs from "node:fs/promises";
import { existsSync } from "node:fs";
import { createHash } from "node:crypto";
import { basename, join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { cachedFolder, withLock } from "../../scripts/lib/cache.mjs";
import { createIdentity, publish, readSchema } from "../../scripts/lib/databases.mjs";
import { CHECKOUT } from "../../scripts/lib/dependencies.mjs";
import { removeTemporaryFolder, temporaryFolder } from "../../scripts/lib/processes.mjs";
import { publishSeeded, seededMessages } from "../../scripts/lib/seed.mjs";
import { startServer } from "../../scripts/lib/spacetimedb.mjs";
import { buildModule } from "../../scripts/lib/wasm.mjs";
import { Caller } from "../../test/support/callers";
import { CRATES, liftRates } from "../../test/support/chatServer";
import { BulkSender } from "../../test/support/bulkSender";
import { until } from "../../test/support/until";
import { cpuSeconds } from "./processes";

/** A quickstart database, the same as a rooms database, or one with a private room alone. */
export type Kind = "quickstart" | "rooms" | "private";

/** The only member of a private room, who has a row for every message in it. */
interface Member {
	readonly token: string;
	readonly room: number;
}

/** A server with one seeded database. */
export interface Seeded {
	readonly url: string;
	readonly pid: number;
	readonly database: string;
	readonly messages: number;
	/** Null in a database without a private room. */
	readonly member: Member | null;
	/** Milliseconds from the server's first answer to the database's. */
	readonly loadMs: number;
	readonly stop: () => Promise<void>;
}

const DATABASE = "quickstart-chat";
const SEED = 1;
const MEMBER_FILE = "bench-member.json";
/** A million messages are copied to posts in one transaction, and indexed afterwards. */
const SETTLED_LIMIT_MS = 30 * 60_000;
/** The age at which unused data of a kind are removed: a million messages take gigabytes. */
const UNUSED_MS = 3 * 24 * 60 * 60_000;
/** A server that used less than this part of one core for a while is at rest. */
const REST_LOAD = 0.05;
const REST_LOOK_MS = 2_000;

/** Starts a server with a copy of a seeded database. The first time takes minutes. */
export async function startSeeded(kind: Kind, messages: number): Promise<Seeded> {
	const source = await ensureSeeded(kind, messages);
	const folder = temporaryFolder("spacetimedb-chat-bench");
	await fs.cp(source, folder, { recursive: true, force: true });
	const server = await startServer({ dataDir: folder });
	const { url, pid } = server;
	const began = performance.now();
	// A server reads a database at the first request for it (server 1.3.0).
	await until("the seeded database answers", () => readSchema(url, DATABASE), SETTLED_LIMIT_MS);
	const loadMs = performance.now() - began;
	const member = JSON.parse(await fs.readFile(join(folder, MEMBER_FILE), "utf8")) as Member | null;
	await atRest(pid);
	const stop = async () => {
		await server.stop();
		removeTemporaryFolder(folder);
	};
	return { url, pid, database: DATABASE, messages, member, loadMs, stop };
}

/** Returns the cached data folder of a server with these messages; one for each module and seed. */
async function ensureSeeded(kind: Kind, messages: number): Promise<string> {
	const crate = kind === "quickstart" ? CRATES.stock : CRATES.ours;
	const module = await buildModule(join(CHECKOUT, crate));
	const seed = await fs.readFile(join(CHECKOUT, "scripts", "lib", "seed.mjs"));
	const hash = createHash("sha256").update(seed).update(basename(module)).digest("hex");
	const prefix = `${kind}-${messages}-`;
	const folder = join(cachedFolder("bench"), prefix + hash.slice(0, 8));
	await withLock(`bench-${basename(folder)}`, async () => {
		if (!existsSync(folder)) {
			await removeUnused(prefix);
			await seedInto(folder, module, kind, messages);
		}
	});
	const now = new Date();
	await fs.utimes(folder, now, now);
	return folder;
}

async function removeUnused(prefix: string): Promise<void> {
	const all = await fs.readdir(cachedFolder("bench"));
	for (const name of all.filter((one) => one.startsWith(prefix))) {
		const path = join(cachedFolder("bench"), name);
		if (Date.now() - (await fs.stat(path)).mtimeMs > UNUSED_MS) {
			await fs.rm(path, { recursive: true, force: true });
		}
	}
}

async function seedInto(folder: string, module: string, kind: Kind, count: number): Promise<void> {
	console.log(`Seeding ${count.toLocaleString("en")} messages (${kind})…`);
	const draft = `${folder}.draft`;
	await fs.rm(draft, { recursive: true, force: true });
	await fs.mkdir(draft, { recursive: true, mode: 0o700 });
	const server = await startServer({ dataDir: draft });
	try {
		const owner = await createIdentity(server.url);
		if (kind !== "private") {
			await publishSeeded(server.url, DATABASE, owner, { count, seed: SEED });
		}
		await publish(server.url, DATABASE, owner.token, module);
		if (kind === "rooms") {
			await copyMessages(new Caller(server.url, DATABASE, owner), count);
		}
		if (kind !== "quickstart") {
			await liftRates(server, DATABASE, owner);
		}
		const member = kind === "private" ? await fillPrivateRoom(server.url, count) : null;
		await fs.writeFile(join(draft, MEMBER_FILE), JSON.stringify(member), { mode: 0o600 });
		await atRest(server.pid);
	} finally {
		await server.stop();
	}
	await fs.rename(draft, folder);
}

/** Waits until the module has copied the quickstart's messages. */
async function copyMessages(owner: Caller, count: number): Promise<void> {
	// The first connection begins the copying. With a million messages it outlasts the request.
	await owner.do("announce", "").catch(() => undefined);
	const isCopied = async () => {
		await sleep(1_000);
		return Number((await owner.rows("SELECT COUNT(*) AS n FROM post"))[0]?.[0]) === count;
	};
	await until("the messages are posts", isCopied, SETTLED_LIMIT_MS);
}

/** Makes a private room and fills it, as fast as the server takes it. */
async function fillPrivateRoom(url: string, count: number): Promise<Member> {
	const sender = await BulkSender.connect(url, DATABASE);
	const { token } = sender;
	const member = new Caller(url, DATABASE, sender);
	await member.do("create_room", "Alone", "", true, "alone");
	const room = Number((await member.rows("SELECT room FROM private_room"))[0]?.[0]);
	const next = seededMessages(SEED);
	for (let sent = 0; sent < count; sent++) {
		await sender.keepPace();
		sender.send(room, next().text);
	}
	await sender.done();
	sender.leave();
	return { token, room };
}

/** Waits until a server is idle: its index is made, its log is read. */
async function atRest(pid: number): Promise<void> {
	const isIdle = async () => {
		const before = cpuSeconds(pid);
		await sleep(REST_LOOK_MS);
		// Without a count, the wait alone has to do.
		return !(cpuSeconds(pid) - before > REST_LOAD * (REST_LOOK_MS / 1_000));
	};
	await until("the server is at rest", isIdle, SETTLED_LIMIT_MS);
}
