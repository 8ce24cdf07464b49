// The cache holds everything slow to fetch or build, outside the checkout; all checkouts share it.

import { mkdirSync, rmSync } from "node:fs";
import { mkdir, readFile, rename, rm, writeFile } from "node:fs/promises";
import { homedir } from "node:os";
import { dirname, join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";

const NAME = "spacetimedb-chat";
const LOCK_POLL_MS = 1_000;

/** Returns the cache folder: SPACETIMEDB_CHAT_CACHE, or the platform's own folder for caches. */
function cacheDir() {
	const chosen = process.env["SPACETIMEDB_CHAT_CACHE"];
	if (chosen) {
		return chosen;
	}
	if (process.platform === "win32") {
		return join(process.env["LOCALAPPDATA"] ?? join(homedir(), "AppData", "Local"), NAME, "cache");
	}
	if (process.platform === "darwin") {
		return join(homedir(), "Library", "Caches", NAME);
	}
	return join(homedir(), ".cache", NAME);
}

/** Returns a path inside the cache. @param {string[]} names */
export function cached(...names) {
	return join(cacheDir(), ...names);
}

/** @param {number} pid */
function isAlive(pid) {
	try {
		process.kill(pid, 0);
		return true;
	} catch (error) {
		// EPERM: the process is alive, and belongs to another user.
		return /** @type {NodeJS.ErrnoException} */ (error).code === "EPERM";
	}
}

/** @param {string} lock @returns {Promise<number | undefined>} */
async function ownerOf(lock) {
	try {
		return Number(await readFile(join(lock, "pid"), "utf8"));
	} catch {
		return undefined;
	}
}

/**
 * Takes the lock unless another process has it. The folder is renamed into place with its owner inside,
 * so no process ever sees a lock without an owner.
 * @param {string} lock
 */
async function tryLock(lock) {
	const draft = `${lock}.${process.pid}.${Math.random().toString(36).slice(2)}`;
	await mkdir(draft, { recursive: true });
	await writeFile(join(draft, "pid"), String(process.pid));
	try {
		await rename(draft, lock);
		return true;
	} catch {
		await rm(draft, { recursive: true, force: true });
		return false;
	}
}

/** Removes a lock whose owner died. @param {string} lock @param {number} owner */
async function breakLock(lock, owner) {
	const grave = `${lock}.dead.${process.pid}`;
	try {
		await rename(lock, grave);
	} catch {
		return;
	}
	if ((await ownerOf(grave)) === owner) {
		await rm(grave, { recursive: true, force: true });
	} else {
		// Another process broke the lock first, and this is its new one.
		await rename(grave, lock).catch(() => rm(grave, { recursive: true, force: true }));
	}
}

/**
 * Runs `work` while no other process runs work of that name.
 * @template T
 * @param {string} name
 * @param {() => Promise<T>} work
 * @returns {Promise<T>}
 */
export async function withLock(name, work) {
	const lock = cached("locks", `${name}.lock`);
	await mkdir(dirname(lock), { recursive: true });
	let isWaiting = false;
	while (!(await tryLock(lock))) {
		const owner = await ownerOf(lock);
		if (owner !== undefined && !isAlive(owner)) {
			await breakLock(lock, owner);
			continue;
		}
		if (!isWaiting && owner !== undefined) {
			console.log(`Waiting for process ${owner}, which is preparing ${name}…`);
			isWaiting = true;
		}
		await sleep(LOCK_POLL_MS);
	}
	const release = () => rmSync(lock, { recursive: true, force: true });
	process.once("exit", release);
	try {
		return await work();
	} finally {
		process.removeListener("exit", release);
		release();
	}
}

/** Returns a folder in the cache, made if it does not exist. @param {string[]} names */
export function cachedFolder(...names) {
	const folder = cached(...names);
	mkdirSync(folder, { recursive: true });
	return folder;
}
