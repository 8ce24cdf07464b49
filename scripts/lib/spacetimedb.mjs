// Finds, builds, starts and stops a SpacetimeDB server.

import { existsSync } from "node:fs";
import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { cached, cachedFolder, withLock } from "./cache.mjs";
import { ping } from "./databases.mjs";
import { ensurePackages, isDebian } from "./debian.mjs";
import {
	freePort,
	isPortFree,
	removeTemporaryFolder,
	startDaemon,
	stopWithUs,
	temporaryFolder,
	waitUntil,
} from "./processes.mjs";
import { MissingTool, run, spawnable, which } from "./run.mjs";
import { findRust } from "./rust.mjs";

const VERSION = "1.3.0";
const READY_TIMEOUT_MS = 120_000;
/** Measured on two busy cores. */
const BUILD_MS = 18 * 60_000;

/**
 * The crate `v8` links a library that its build script would download. In 1.3.0 the JavaScript host is
 * never started, and only these symbols are referenced, so functions that trap are enough.
 */
const V8_SYMBOLS = [
	"std__shared_ptr__v8__Platform__CONVERT__std__unique_ptr",
	"std__shared_ptr__v8__Platform__COPY",
	"std__shared_ptr__v8__Platform__get",
	"std__shared_ptr__v8__Platform__reset",
	"v8__Platform__NewDefaultPlatform",
	"v8__V8__Initialize",
	"v8__V8__InitializePlatform",
];

/**
 * @typedef {object} ServerCommand
 * @property {string} command
 * @property {"official" | "standalone"} kind the `spacetime` command keeps its own keys
 */

function builtPath() {
	const ending = process.platform === "win32" ? ".exe" : "";
	return cached(`server-${VERSION}`, "bin", `spacetimedb-standalone${ending}`);
}

async function ensureV8StandIn() {
	const folder = cachedFolder("v8-stand-in");
	const archive = join(folder, "librusty_v8.a");
	if (existsSync(archive)) {
		return archive;
	}
	const source = V8_SYMBOLS.map((name) => `void ${name}(void) { __builtin_trap(); }\n`).join("");
	await writeFile(join(folder, "stub.c"), source);
	const label = "Preparing the server's build";
	await run("cc", ["-c", "-fPIC", "stub.c", "-o", "stub.o"], { cwd: folder, label });
	await run("ar", ["rcs", archive, "stub.o"], { cwd: folder, label });
	return archive;
}

async function build() {
	if (process.platform === "win32") {
		throw new MissingTool(
			"The spacetime command is missing; install it from https://spacetimedb.com/install.",
		);
	}
	const why = "to build the SpacetimeDB server";
	if (isDebian()) {
		await ensurePackages(["build-essential", "pkg-config"], why);
	}
	for (const tool of ["cc", "ar", "pkg-config"]) {
		if (which(tool) === undefined) {
			throw new MissingTool(
				`${tool} is missing ${why}; install a C compiler and pkg-config, or the spacetime command.`,
			);
		}
	}
	const rust = await findRust(why);
	const target = ["spacetimedb-standalone", "--version", VERSION, "--locked"];
	await run(rust.cargo, ["install", ...target, "--root", cached(`server-${VERSION}`)], {
		label: `Building SpacetimeDB's server ${VERSION}`,
		expectedMs: BUILD_MS,
		env: {
			...rust.env,
			RUSTY_V8_ARCHIVE: await ensureV8StandIn(),
			// A broken build goes on where it stopped.
			CARGO_TARGET_DIR: cached("cargo-target"),
			CARGO_PROFILE_RELEASE_LTO: "off",
			CARGO_PROFILE_RELEASE_CODEGEN_UNITS: "16",
			CARGO_PROFILE_RELEASE_DEBUG: "0",
		},
	});
}

async function ensureBuilt() {
	if (!existsSync(builtPath())) {
		await withLock(`server-${VERSION}`, async () => {
			if (!existsSync(builtPath())) {
				await build();
			}
		});
	}
	return builtPath();
}

/** Returns the server to start: a given one, the official command, or our own build. */
export async function findServer() {
	const given = process.env["SPACETIMEDB_CHAT_SERVER_BIN"];
	const official = which("spacetime");
	/** @type {ServerCommand} */
	const found = given
		? { command: given, kind: "standalone" }
		: official !== undefined
			? { command: official, kind: "official" }
			: { command: await ensureBuilt(), kind: "standalone" };
	return found;
}

/**
 * @typedef {object} Server
 * @property {string} url such as http://127.0.0.1:3000
 * @property {number} port
 * @property {string} dataDir
 * @property {number} pid
 * @property {Promise<string>} exited resolves with "exit code 1" or "SIGKILL", for example
 * @property {(signal?: NodeJS.Signals) => Promise<void>} stop ends it, and removes a temporary data folder
 * @property {() => Promise<void>} kill9 ends it like a power cut; the data folder stays
 */

/**
 * Starts a server on this machine only, and waits for its first answer.
 * @param {{ port?: number, dataDir?: string, inMemory?: boolean, keepData?: boolean }} [options]
 * Without `dataDir` the data lie in a temporary folder, which is removed when the server stops. With
 * `keepData` another server can use the folder, which is removed when this process ends.
 * @returns {Promise<Server>}
 * @throws {MissingTool} if the port is taken, or the server ends at once
 */
export async function startServer({ port, dataDir, inMemory = false, keepData = false } = {}) {
	const server = await findServer();
	const chosenPort = port ?? (await freePort());
	if (!(await isPortFree(chosenPort))) {
		throw new MissingTool(
			`Port ${chosenPort} is taken; stop what listens there, or choose another.`,
		);
	}
	const folder = dataDir ?? temporaryFolder("spacetimedb-chat-data");
	await mkdir(folder, { recursive: true });
	const args = ["start", "--data-dir", folder, "--listen-addr", `127.0.0.1:${chosenPort}`];
	if (server.kind === "standalone") {
		args.push("--jwt-pub-key-path", join(folder, "id.pub"));
		args.push("--jwt-priv-key-path", join(folder, "id"));
	}
	if (inMemory) {
		args.push("--in-memory");
	}
	const start = spawnable(server.command, args);
	const daemon = await startDaemon(start.command, start.args, { shell: start.shell }).catch(
		(/** @type {Error} */ error) => {
			throw new MissingTool(`The server could not be started: ${error.message}.`);
		},
	);
	const url = `http://127.0.0.1:${chosenPort}`;
	const discard = () => {
		if (!keepData) {
			removeTemporaryFolder(folder);
		}
	};
	const answers = await waitUntil(
		async () => !daemon.isRunning() || (await ping(url)),
		READY_TIMEOUT_MS,
	);
	if (!daemon.isRunning() || !answers) {
		const state = daemon.isRunning() ? "did not answer" : `ended with ${await daemon.exited}`;
		await daemon.stop("SIGKILL");
		discard();
		const output = daemon.lastLines().slice(-8).join("\n");
		const detail = output === "" ? "." : `; its last output:\n${output}`;
		throw new MissingTool(`The server on port ${chosenPort} ${state}${detail}`);
	}
	/** @param {NodeJS.Signals} [signal] */
	const stop = async (signal) => {
		forget();
		await daemon.stop(signal);
		discard();
	};
	const forget = stopWithUs(stop);
	return {
		url,
		port: chosenPort,
		dataDir: folder,
		pid: daemon.pid,
		exited: daemon.exited,
		stop,
		async kill9() {
			forget();
			await daemon.stop("SIGKILL");
		},
	};
}
