// Runs external tools, and shows their progress.

import { spawn } from "node:child_process";
import { accessSync, constants, createWriteStream, statSync } from "node:fs";
import { delimiter, join } from "node:path";
import { cached, cachedFolder } from "./cache.mjs";
import { endWithUs } from "./processes.mjs";

/** The time between two lines of progress in a log without a terminal. */
const HEARTBEAT_MS = 60_000;
const TICK_MS = 1_000;
const TAIL_LINES = 30;

/** Thrown for something that this machine lacks. The message is one sentence, with the remedy. */
export class MissingTool extends Error {
	/** @override */
	name = "MissingTool";
}

/** Prints the error that ended an entry script, and exits with 1. @param {unknown} error */
export function fail(error) {
	if (error instanceof MissingTool) {
		console.error(error.message);
	} else {
		console.error(error instanceof Error ? (error.stack ?? error.message) : String(error));
	}
	process.exit(1);
}

/** @param {string} path */
function isExecutable(path) {
	try {
		accessSync(path, constants.X_OK);
		return statSync(path).isFile();
	} catch {
		return false;
	}
}

/** Returns the path of a command on PATH. @param {string} name @returns {string | undefined} */
export function which(name) {
	const endings =
		process.platform === "win32" ? (process.env["PATHEXT"] ?? ".EXE;.CMD").split(";") : [""];
	for (const folder of (process.env["PATH"] ?? "").split(delimiter)) {
		for (const ending of endings) {
			const path = join(folder, name + ending.toLowerCase());
			if (folder !== "" && isExecutable(path)) {
				return path;
			}
		}
	}
	return undefined;
}

/**
 * Returns the arguments of `spawn` for a command; Windows starts `.cmd` files only through a shell.
 * @param {string} command
 * @param {string[]} args
 * @returns {{ command: string, args: string[], shell: boolean }}
 */
export function spawnable(command, args) {
	if (process.platform !== "win32" || !/\.(cmd|bat)$/i.test(command)) {
		return { command, args, shell: false };
	}
	/** @param {string} word */
	const quoted = (word) => `"${word.replaceAll('"', '""')}"`;
	return { command: quoted(command), args: args.map(quoted), shell: true };
}

/**
 * Returns the output of a short command, or undefined if the command failed or took too long.
 * @param {string} command
 * @param {string[]} args
 * @param {{ timeoutMs?: number, env?: NodeJS.ProcessEnv }} [options]
 * @returns {Promise<string | undefined>}
 */
export function capture(command, args, { timeoutMs = 30_000, env = process.env } = {}) {
	return new Promise((resolve) => {
		const start = spawnable(command, args);
		const child = spawn(start.command, start.args, {
			env,
			shell: start.shell,
			timeout: timeoutMs,
			stdio: ["ignore", "pipe", "ignore"],
		});
		let output = "";
		child.stdout.on("data", (chunk) => (output += String(chunk)));
		child.on("error", () => resolve(undefined));
		child.on("close", (code) => resolve(code === 0 ? output.trim() : undefined));
	});
}

/** @param {number} ms */
function clock(ms) {
	const seconds = Math.round(ms / 1000);
	return `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, "0")}`;
}

/**
 * Keeps one line of progress up to date on a terminal; elsewhere prints a line now and then.
 * @param {string} label
 * @param {number | undefined} expectedMs
 */
function progress(label, expectedMs) {
	const started = Date.now();
	const isTerminal = process.stdout.isTTY === true;
	const about = expectedMs === undefined ? "" : ` of about ${clock(expectedMs)}`;
	let spoken = started;
	const line = () => `${label} ${clock(Date.now() - started)}${about}`;
	if (!isTerminal) {
		console.log(`${label}…${expectedMs === undefined ? "" : ` (about ${clock(expectedMs)} min)`}`);
	}
	const timer = setInterval(() => {
		if (isTerminal) {
			process.stdout.write(`\r\x1b[2K${line()}`);
		} else if (Date.now() - spoken >= HEARTBEAT_MS) {
			spoken = Date.now();
			console.log(line());
		}
	}, TICK_MS);
	timer.unref();
	return {
		/** @param {string} verdict */
		end(verdict) {
			clearInterval(timer);
			const clear = isTerminal ? "\r\x1b[2K" : "";
			console.log(`${clear}${label}: ${verdict} after ${clock(Date.now() - started)}`);
		},
	};
}

/**
 * Runs a long command. The output goes to a log file in the cache; after a failure, the last lines are
 * printed.
 * @param {string} command
 * @param {string[]} args
 * @param {{ cwd?: string, env?: NodeJS.ProcessEnv, label: string, expectedMs?: number }} options
 * `expectedMs` is the time on another machine, shown beside the elapsed time.
 * @returns {Promise<void>}
 */
export async function run(command, args, { cwd, env = process.env, label, expectedMs }) {
	cachedFolder("logs");
	const logPath = cached("logs", `${label.toLowerCase().replace(/[^a-z0-9.]+/g, "-")}.log`);
	const log = createWriteStream(logPath);
	/** @type {string[]} */
	let tail = [];
	const shown = progress(label, expectedMs);
	const start = spawnable(command, args);
	const child = spawn(start.command, start.args, {
		...(cwd === undefined ? {} : { cwd }),
		env,
		shell: start.shell,
		stdio: ["ignore", "pipe", "pipe"],
		// A group of its own, so that its children end with it when we are interrupted.
		detached: process.platform !== "win32",
	});
	const forget = child.pid === undefined ? () => {} : endWithUs(child.pid);
	/** @param {Buffer} chunk */
	const keep = (chunk) => {
		log.write(chunk);
		tail = [...tail, ...String(chunk).split(/\r?\n/).filter(Boolean)].slice(-TAIL_LINES);
	};
	child.stdout.on("data", keep);
	child.stderr.on("data", keep);
	/** @type {string} */
	const verdict = await new Promise((resolve) => {
		child.on("error", (error) => resolve(`could not be started (${error.message})`));
		child.on("close", (code, signal) =>
			resolve(code === 0 ? "done" : `failed with ${signal ?? `exit code ${code}`}`),
		);
	});
	forget();
	log.end();
	shown.end(verdict);
	if (verdict !== "done") {
		console.error(tail.join("\n"));
		throw new MissingTool(`${label} ${verdict}; the whole output is in ${logPath}.`);
	}
}
