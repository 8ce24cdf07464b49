// Starts servers, and removes their processes and folders when this process ends.

import { spawn, spawnSync } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";

const IS_WINDOWS = process.platform === "win32";
/** The time for a server to end by itself before it is killed. */
const STOP_GRACE_MS = 5_000;
/** The time for all servers together to end after Ctrl+C. */
const SHUTDOWN_MS = 10_000;
const POLL_MS = 50;
const TAIL_LINES = 20;

/** @type {Set<number>} */
const groups = new Set();
/** @type {Set<string>} */
const folders = new Set();
/** @type {Set<() => Promise<void>>} */
const stops = new Set();
let isWatching = false;
let isEnding = false;

function watchForTheEnd() {
	if (isWatching) {
		return;
	}
	isWatching = true;
	process.on("exit", () => {
		for (const pid of groups) {
			killGroup(pid, "SIGKILL");
		}
		for (const folder of folders) {
			removeFolder(folder);
		}
	});
	for (const [signal, number] of /** @type {const} */ ([
		["SIGINT", 2],
		["SIGTERM", 15],
		["SIGHUP", 1],
	])) {
		process.on(signal, () => shutDown(128 + number));
	}
}

/** Returns true while everything stops, when the end of a server is expected. */
export function isShuttingDown() {
	return isEnding;
}

/** Stops everything that was started, then ends this process. @param {number} code */
export async function shutDown(code) {
	// A second Ctrl+C ends the process at once.
	if (!isEnding) {
		isEnding = true;
		const allStopped = Promise.allSettled([...stops].map((stop) => stop()));
		await Promise.race([allStopped, sleep(SHUTDOWN_MS)]);
	}
	process.exit(code);
}

/** @param {string} folder */
function removeFolder(folder) {
	try {
		rmSync(folder, { recursive: true, force: true, maxRetries: 5, retryDelay: 100 });
	} catch {
		// A dying process still holds a file on Windows. The system clears its temporary folder.
	}
}

/** Makes a temporary folder, which is removed when this process ends at the latest. @param {string} name */
export function temporaryFolder(name) {
	watchForTheEnd();
	const folder = mkdtempSync(join(tmpdir(), `${name}-`));
	folders.add(folder);
	return folder;
}

/** Removes a folder of `temporaryFolder`, and no other. @param {string} folder */
export function removeTemporaryFolder(folder) {
	if (folders.delete(folder)) {
		removeFolder(folder);
	}
}

/**
 * Sends a signal to a process and all its children.
 * @param {number} pid
 * @param {NodeJS.Signals} signal
 */
export function killGroup(pid, signal) {
	try {
		if (IS_WINDOWS) {
			spawnSync("taskkill", ["/pid", String(pid), "/T", "/F"], { stdio: "ignore" });
		} else {
			process.kill(-pid, signal);
		}
	} catch {
		// The group has no process left.
	}
}

/** Kills a process group when we end. Returns a function that cancels that. @param {number} pid */
export function endWithUs(pid) {
	watchForTheEnd();
	groups.add(pid);
	return () => {
		groups.delete(pid);
	};
}

/** Runs `stop` when we are interrupted. Returns a function that cancels that. @param {() => Promise<void>} stop */
export function stopWithUs(stop) {
	watchForTheEnd();
	stops.add(stop);
	return () => {
		stops.delete(stop);
	};
}

/**
 * @typedef {object} Daemon
 * @property {number} pid
 * @property {Promise<string>} exited resolves with "exit code 1" or "SIGKILL", for example
 * @property {() => boolean} isRunning
 * @property {() => string[]} lastLines the newest lines of output
 * @property {(signal?: NodeJS.Signals) => Promise<void>} stop ends it and all its children
 */

/**
 * Starts a server in a process group of its own.
 * @param {string} command
 * @param {string[]} args
 * @param {{ cwd?: string, env?: NodeJS.ProcessEnv, shell?: boolean }} [options]
 * @returns {Promise<Daemon>}
 */
export async function startDaemon(command, args, { cwd, env = process.env, shell = false } = {}) {
	const child = spawn(command, args, {
		...(cwd === undefined ? {} : { cwd }),
		env,
		shell,
		detached: !IS_WINDOWS,
		stdio: ["ignore", "pipe", "pipe"],
	});
	await new Promise((resolve, reject) => {
		child.once("spawn", resolve);
		child.once("error", reject);
	});
	const pid = /** @type {number} */ (child.pid);
	endWithUs(pid);
	/** @type {string[]} */
	let lines = [];
	for (const stream of [child.stdout, child.stderr]) {
		stream.on("data", (chunk) => {
			lines = [...lines, ...String(chunk).split(/\r?\n/).filter(Boolean)].slice(-TAIL_LINES);
		});
	}
	let running = true;
	/** @type {Promise<string>} */
	const exited = new Promise((resolve) => {
		child.once("exit", (code, signal) => {
			running = false;
			resolve(signal ?? `exit code ${code}`);
		});
	});
	return {
		pid,
		exited,
		isRunning: () => running,
		lastLines: () => lines,
		async stop(signal = "SIGTERM") {
			killGroup(pid, signal);
			// Without a reference, the timer does not keep this process alive.
			const grace = sleep(STOP_GRACE_MS, undefined, { ref: false });
			await Promise.race([exited, grace]);
			// Children may outlive their parent, and a parent may ignore the signal.
			killGroup(pid, "SIGKILL");
			await exited;
			groups.delete(pid);
		},
	};
}

/**
 * @param {number} port
 * @param {string} [host] every address of this machine if absent
 * @returns {Promise<number | undefined>}
 */
function tryListen(port, host) {
	return new Promise((resolve) => {
		const probe = createServer();
		probe.once("error", () => resolve(undefined));
		probe.listen({ port, ...(host === undefined ? {} : { host }), exclusive: true }, () => {
			const address = probe.address();
			const bound = typeof address === "object" && address !== null ? address.port : undefined;
			probe.close(() => resolve(bound));
		});
	});
}

/** Returns true if nothing listens on this port of this machine. @param {number} port */
export async function isPortFree(port) {
	// Both are tried: on macOS, one server can listen on one address while another listens on all.
	const loopback = await tryListen(port, "127.0.0.1");
	return loopback !== undefined && (await tryListen(port)) !== undefined;
}

/** Returns a port that was free a moment ago. @returns {Promise<number>} */
export async function freePort() {
	const port = await tryListen(0, "127.0.0.1");
	if (port === undefined) {
		throw new Error("This machine has no free port.");
	}
	return port;
}

/**
 * Polls a condition. Resolves with true if the condition held in time.
 * @param {() => boolean | Promise<boolean>} isTrue
 * @param {number} timeoutMs
 */
export async function waitUntil(isTrue, timeoutMs) {
	const end = Date.now() + timeoutMs;
	while (!(await isTrue())) {
		if (Date.now() > end) {
			return false;
		}
		await sleep(POLL_MS);
	}
	return true;
}
