// Installs VS Code from npm: code-server carries the workbench, the server and the real extension host.
// Package registries are enough, even where VS Code itself cannot be downloaded.

import { existsSync } from "node:fs";
import { mkdir, writeFile } from "node:fs/promises";
import { delimiter, dirname, join } from "node:path";
import { cached, withLock } from "./cache.mjs";
import { ensurePackages, isDebian } from "./debian.mjs";
import { MissingTool, run, which } from "./run.mjs";

/** The oldest and the newest VS Code that package.json promises, each on the Node of its release. */
const RELEASES = {
	oldest: { version: "1.100.3", codeServer: "4.100.3", nodeMajor: 20 },
	newest: { version: "1.139.1", codeServer: "4.139.1", nodeMajor: 24 },
};
const NATIVES = [
	"node-pty",
	"@vscode/spdlog",
	"native-watchdog",
	"@parcel/watcher",
	"@vscode/deviceid",
	"kerberos",
];
const DEBIAN_PACKAGES = [
	"build-essential",
	"libkrb5-dev",
	"libsecret-1-dev",
	"libx11-dev",
	"libxkbfile-dev",
	"pkg-config",
	"python3",
];
/** Measured on two busy cores. */
const STEP_MS = { fetch: 45_000, dependencies: 45_000, natives: 120_000 };

/** @typedef {"oldest" | "newest"} Which */

/**
 * @typedef {object} VsCode
 * @property {string} version such as 1.100.3
 * @property {string} node the Node to run it with
 * @property {string} serverMain path of out/server-main.js
 * @property {string} root folder to start it in
 */

/** @param {string} folder @param {number} major @returns {string} the npm copy of Node in this folder */
function npmNode(folder, major) {
	const os = process.platform;
	const name = `node-${os}-${process.arch}`;
	if (!["linux", "darwin"].includes(os) || !["x64", "arm64"].includes(process.arch)) {
		throw new MissingTool(`npm has no Node ${major} for this machine; install VS Code itself.`);
	}
	return join(folder, "node", "node_modules", name, "bin", "node");
}

/**
 * Returns a Node of that major version: ours if it has the version and its headers, else one from npm.
 * @param {string} folder
 * @param {number} major
 * @param {boolean} needsHeaders to compile native parts; running them does not
 */
function chooseNode(folder, major, needsHeaders) {
	const own = process.execPath;
	const isOwnMajor = Number(process.versions.node.split(".")[0]) === major;
	const copy = npmNode(folder, major);
	const hasHeaders = existsSync(join(dirname(dirname(own)), "include", "node", "node.h"));
	return !existsSync(copy) && isOwnMajor && (hasHeaders || !needsHeaders) ? own : copy;
}

function findNpm() {
	const npm = which("npm");
	if (npm === undefined) {
		throw new MissingTool("npm is missing; install it together with Node.");
	}
	return npm;
}

/**
 * Returns the Node that runs that VS Code, fetched if this machine has no such version.
 * @param {Which} which_
 * @param {string} folder
 * @param {boolean} needsHeaders
 */
async function ensureNode(which_, folder, needsHeaders) {
	const { version, nodeMajor } = RELEASES[which_];
	const node = chooseNode(folder, nodeMajor, needsHeaders);
	if (!existsSync(node)) {
		const nodeFolder = join(folder, "node");
		await mkdir(nodeFolder, { recursive: true });
		const spec = `node-${process.platform}-${process.arch}@${nodeMajor}`;
		await run(findNpm(), ["install", "--prefix", nodeFolder, "--ignore-scripts", spec], {
			cwd: nodeFolder,
			label: `Fetching Node ${nodeMajor} for VS Code ${version}`,
			expectedMs: STEP_MS.fetch,
		});
	}
	return node;
}

/** @param {string} node @returns {NodeJS.ProcessEnv} */
function environmentFor(node) {
	return {
		...process.env,
		PATH: `${dirname(node)}${delimiter}${process.env["PATH"] ?? ""}`,
		// node-gyp uses these headers instead of downloading them.
		npm_config_nodedir: dirname(dirname(node)),
		npm_config_yes: "true",
		npm_config_audit: "false",
		npm_config_fund: "false",
	};
}

/** @param {string} root */
function looksComplete(root) {
	return (
		existsSync(join(root, "out", "server-main.js")) &&
		existsSync(join(root, "node_modules", "@vscode", "spdlog", "build", "Release"))
	);
}

/** @param {Which} which_ @param {string} folder @param {string} root */
async function install(which_, folder, root) {
	const { version, codeServer } = RELEASES[which_];
	const npm = findNpm();
	if (isDebian()) {
		await ensurePackages(DEBIAN_PACKAGES, "to build the native parts of VS Code");
	}
	const node = await ensureNode(which_, folder, true);
	const env = environmentFor(node);
	await mkdir(folder, { recursive: true });
	await run(npm, ["install", "--prefix", folder, "--ignore-scripts", `code-server@${codeServer}`], {
		cwd: folder,
		env,
		label: `Fetching VS Code ${version}`,
		expectedMs: STEP_MS.fetch,
	});
	await run(npm, ["install", "--omit=dev", "--ignore-scripts"], {
		cwd: root,
		env,
		label: `Fetching the parts of VS Code ${version}`,
		expectedMs: STEP_MS.dependencies,
	});
	const natives = NATIVES.filter((name) => existsSync(join(root, "node_modules", name)));
	await run(npm, ["rebuild", ...natives], {
		cwd: root,
		env,
		label: `Building the native parts of VS Code ${version}`,
		expectedMs: STEP_MS.natives,
	});
	if (!looksComplete(root)) {
		throw new MissingTool(`VS Code ${version} is incomplete; remove ${folder} and try again.`);
	}
}

/**
 * Finds or installs one end of the supported range of VS Code.
 * @param {Which} which_
 * @returns {Promise<VsCode>}
 */
export async function ensureVsCode(which_) {
	const { version } = RELEASES[which_];
	const folder = cached(`vscode-${version}`);
	const root = join(folder, "node_modules", "code-server", "lib", "vscode");
	const marker = join(folder, ".complete");
	if (!existsSync(marker)) {
		await withLock(`vscode-${version}`, async () => {
			if (!looksComplete(root)) {
				await install(which_, folder, root);
			}
			await writeFile(marker, `${version}\n`);
		});
	}
	const node = await ensureNode(which_, folder, false);
	return { version, node, serverMain: join(root, "out", "server-main.js"), root };
}
