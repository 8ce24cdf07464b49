// npm start: a server, a chat database and a VS Code with the extension in it.
//   --browser      VS Code in the browser even if the code command is there
//   --check        the same for tests: prints "ready" when everything answers
//   --data FOLDER  keeps the data there instead of in the cache

import { existsSync } from "node:fs";
import { mkdir, readFile, writeFile } from "node:fs/promises";
import { join, resolve } from "node:path";
import { parseArgs } from "node:util";
import { cached } from "./lib/cache.mjs";
import {
	createIdentity,
	databaseExists,
	identityOf,
	makeOwner,
	ping,
	publishNew,
	Refusal,
} from "./lib/databases.mjs";
import { CHECKOUT, ensureDependencies } from "./lib/dependencies.mjs";
import { findDesktop, openDesktop } from "./lib/desktop.mjs";
import { buildExtension, buildOwnModule, packageExtension } from "./lib/extension.mjs";
import { freePort, isPortFree, isShuttingDown, shutDown } from "./lib/processes.mjs";
import { fail } from "./lib/run.mjs";
import { startServer } from "./lib/spacetimedb.mjs";
import { startVsCode } from "./lib/vscodeWeb.mjs";

const DATABASE = "quickstart-chat";
/** The port of every SpacetimeDB tutorial, and the extension's default. */
const SERVER_PORT = 3000;
/** A browser keeps the identity by address, so the port should stay the same. */
const BROWSER_PORT = 8123;

/** @param {string} dataDir */
async function findOrStartServer(dataDir) {
	const usual = `http://localhost:${SERVER_PORT}`;
	if (await ping(usual)) {
		console.log(`Using the SpacetimeDB server that runs at ${usual}.`);
		return { url: usual, tokenName: `publisher-${SERVER_PORT}.token`, ended: undefined };
	}
	const isFree = await isPortFree(SERVER_PORT);
	const port = isFree ? SERVER_PORT : await freePort();
	const server = await startServer({ port, dataDir: join(dataDir, "server") });
	const url = `http://localhost:${port}`;
	console.log(`Started a SpacetimeDB server at ${url}.`);
	return { url, tokenName: "publisher.token", ended: server.exited };
}

/**
 * Returns the publisher's token, which is kept so that the next start can update the database.
 * @param {string} url
 * @param {string} path
 * @param {boolean} isNew
 */
async function publisherToken(url, path, isNew) {
	if (!isNew && existsSync(path)) {
		return (await readFile(path, "utf8")).trim();
	}
	const { token } = await createIdentity(url);
	await writeFile(path, token, { mode: 0o600 });
	return token;
}

/** @param {string} url @param {string} token @param {string} wasm */
async function publishChat(url, token, wasm) {
	await publishNew(url, DATABASE, token, wasm);
	const identity = identityOf(token);
	if (identity !== undefined) {
		await makeOwner(url, DATABASE, { identity, token });
	}
}

/** @param {string} url @param {string} tokenPath */
async function ensureDatabase(url, tokenPath) {
	if (await databaseExists(url, DATABASE)) {
		console.log(`The database ${DATABASE} is there already and is used as it is.`);
		return;
	}
	const wasm = await buildOwnModule();
	try {
		await publishChat(url, await publisherToken(url, tokenPath, false), wasm);
	} catch (error) {
		// The server has new keys since the token was made.
		if (!(error instanceof Refusal) || error.status !== 401) {
			throw error;
		}
		await publishChat(url, await publisherToken(url, tokenPath, true), wasm);
	}
	console.log(`Published the database ${DATABASE}.`);
}

/** @param {string} dataDir @param {Record<string, unknown>} settings */
async function openBrowser(dataDir, settings) {
	const vsix = await packageExtension();
	const isUsual = await isPortFree(BROWSER_PORT);
	if (!isUsual) {
		console.log(`Port ${BROWSER_PORT} is taken, so this is a fresh VS Code with a new identity.`);
	}
	const vscode = await startVsCode({
		which: "newest",
		vsix,
		settings,
		...(isUsual ? { port: BROWSER_PORT, profileDir: join(dataDir, "vscode-browser") } : {}),
	});
	const address = vscode.openUrl({ folder: CHECKOUT });
	const page = await fetch(address);
	if (!page.ok || !(await page.text()).includes("vscode-workbench-web-configuration")) {
		throw new Error(`VS Code answered ${page.status} without its workbench.`);
	}
	console.log(`Open ${address} in a browser.`);
}

async function main() {
	const { values: flags } = parseArgs({
		options: {
			browser: { type: "boolean" },
			check: { type: "boolean" },
			data: { type: "string" },
		},
	});
	const dataDir = flags.data === undefined ? cached("start-data") : resolve(flags.data);
	await ensureDependencies();
	await mkdir(dataDir, { recursive: true, mode: 0o700 });
	const server = await findOrStartServer(dataDir);
	void server.ended?.then((how) => {
		if (!isShuttingDown()) {
			console.error(`The server has ended (${how}).`);
			void shutDown(1);
		}
	});
	await ensureDatabase(server.url, join(dataDir, server.tokenName));
	const settings = {
		"spacetimedbChat.server": server.url,
		"spacetimedbChat.database": DATABASE,
		"spacetimedbChat.connectOnStartup": "always",
		"spacetimedbChat.openOnStartup": true,
	};
	const code = flags.browser || flags.check ? undefined : findDesktop();
	if (code === undefined) {
		await openBrowser(dataDir, settings);
	} else {
		await buildExtension();
		const profileDir = join(dataDir, "vscode-desktop");
		const { closed } = await openDesktop(code, { profileDir, settings });
		console.log("VS Code opens with the panel.");
		void closed.then(() => shutDown(0));
	}
	if (flags.check) {
		console.log("ready");
	}
	console.log("Ctrl+C stops everything that was started.");
}

await main().catch(fail);
// A server that we started keeps this process alive; one that ran before does not.
setInterval(() => {}, 60_000);
