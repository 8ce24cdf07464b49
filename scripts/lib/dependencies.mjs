// Fetches the npm packages of the checkout when they are missing or out of date.

import { createHash } from "node:crypto";
import { existsSync, statSync } from "node:fs";
import { readFile, writeFile } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import { join } from "node:path";
import { MissingTool, run, which } from "./run.mjs";

const OLDEST_NODE = 20;
const EXPECTED_MS = 30_000;

/** The folder that holds package.json. */
export const CHECKOUT = fileURLToPath(new URL("../../", import.meta.url)).replace(/[\\/]$/, "");

async function lockHash() {
	const lock = await readFile(join(CHECKOUT, "package-lock.json"));
	return createHash("sha256").update(lock).digest("hex");
}

/** @param {string} path */
function changedAt(path) {
	return existsSync(path) ? statSync(path).mtimeMs : 0;
}

/** Checks Node and brings node_modules up to package-lock.json. */
export async function ensureDependencies() {
	if (Number(process.versions.node.split(".")[0]) < OLDEST_NODE) {
		throw new MissingTool(
			`Node ${OLDEST_NODE} or newer is needed, this is ${process.versions.node}; install it from https://nodejs.org.`,
		);
	}
	const record = join(CHECKOUT, "node_modules", ".spacetimedb-chat-lock");
	const installed = join(CHECKOUT, "node_modules", ".package-lock.json");
	const hash = await lockHash();
	if (existsSync(record) && existsSync(installed)) {
		if ((await readFile(record, "utf8")) === hash) {
			return;
		}
	}
	// A person ran npm by hand since the lock file changed.
	const isNewer = changedAt(installed) > changedAt(join(CHECKOUT, "package-lock.json"));
	if (!isNewer) {
		const npm = which("npm");
		if (npm === undefined) {
			throw new MissingTool("npm is missing; install it together with Node.");
		}
		await run(npm, ["ci", "--no-audit", "--no-fund"], {
			cwd: CHECKOUT,
			label: "Fetching the npm packages",
			expectedMs: EXPECTED_MS,
		});
	}
	await writeFile(record, hash);
}
