// Starts a real VS Code in the browser: its server, and a proxy that keeps secrets and adds settings.

import { createHash, randomBytes } from "node:crypto";
import { existsSync } from "node:fs";
import { cp, mkdir, readFile, rename, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { withLock } from "./cache.mjs";
import { CHECKOUT } from "./dependencies.mjs";
import {
	freePort,
	isPortFree,
	removeTemporaryFolder,
	startDaemon,
	stopWithUs,
	temporaryFolder,
	waitUntil,
} from "./processes.mjs";
import { MissingTool, run } from "./run.mjs";
import { KEY_BYTES, startFront } from "./vscodeFront.mjs";
import { ensureVsCode } from "./vscodeInstall.mjs";

/** A start takes two seconds; this is for a machine that is busy, or one where it never comes. */
const READY_TIMEOUT_MS = 180_000;
const PORT_RELEASE_TIMEOUT_MS = 5_000;

/** Settings that keep a fresh profile from showing anything but the extension. */
const QUIET = {
	"workbench.startupEditor": "none",
	"workbench.tips.enabled": false,
	"update.mode": "none",
	"extensions.autoUpdate": false,
	"extensions.autoCheckUpdates": false,
	"chat.disableAIFeatures": true,
	"workbench.secondarySideBar.defaultVisibility": "hidden",
};

/** @param {string} profile @returns {Promise<Buffer>} the same key for the same profile */
async function mintKey(profile) {
	const path = join(profile, "mint.key");
	if (existsSync(path)) {
		return readFile(path);
	}
	const key = randomBytes(KEY_BYTES);
	await writeFile(path, key, { mode: 0o600 });
	return key;
}

/**
 * @typedef {object} PageOptions
 * @property {string} [folder] absolute path of the folder to open
 * @property {string} [file] absolute path of a file to show
 * @property {string} [extensionDevelopmentPath] absolute; only the oldest VS Code loads it
 * @property {string} [extensionTestsPath] absolute path of a file whose `run()` runs in the host
 */

/** @param {number} port @param {PageOptions} options */
function pageUrl(port, { folder, file, extensionDevelopmentPath, extensionTestsPath }) {
	/** @param {string} path */
	const remote = (path) => `vscode-remote://localhost:${port}${path}`;
	/** @type {[string, string][]} */
	const payload = [];
	if (file !== undefined) {
		payload.push(["openFile", remote(file)]);
	}
	if (extensionDevelopmentPath !== undefined) {
		payload.push(["extensionDevelopmentPath", remote(extensionDevelopmentPath)]);
	}
	if (extensionTestsPath !== undefined) {
		payload.push(["extensionTestsPath", remote(extensionTestsPath)]);
	}
	const url = new URL(`http://localhost:${port}/`);
	if (folder !== undefined) {
		url.searchParams.set("folder", folder);
	}
	if (payload.length > 0) {
		url.searchParams.set("payload", JSON.stringify(payload));
	}
	return url.href;
}

/**
 * A language to display, and the file of a language pack that translates the workbench to it.
 * @typedef {{ name: string, translations: string }} Language
 */

/**
 * @typedef {object} StartOptions
 * @property {import("./vscodeInstall.mjs").Which} which
 * @property {string} [profileDir] keeps everything between two starts; temporary if absent
 * @property {string} [userDataDir] default: inside the profile
 * @property {string} [extensionsDir] default: inside the profile
 * @property {number} [port] keep it to keep the secrets: they live in the page's own storage
 * @property {string} [vsix] is installed before the start
 * @property {Language} [language] to display; English if absent
 * @property {import("./vscodeFront.mjs").Settings} [settings] defaults of the workbench
 * @property {boolean} [isolatesWebviews] as on the desktop; only for a browser that lets frames of
 * other sites keep data, which not every browser does
 */

/**
 * @typedef {object} VsCodeWeb
 * @property {string} url
 * @property {number} port
 * @property {string} version
 * @property {string} profileDir
 * @property {(options?: PageOptions) => string} openUrl the address to open in a browser
 * @property {(settings: import("./vscodeFront.mjs").Settings) => void} setSettings replaces the given
 * settings from the next load of the page on
 * @property {() => string[]} lastLines the newest lines of the server's output
 * @property {() => Promise<void>} stop
 */

/**
 * Starts VS Code for the browser, on this machine only, and waits for its first answer.
 * @param {StartOptions} options
 * @returns {Promise<VsCodeWeb>}
 * @throws {MissingTool} if the port is taken or the server ends at once
 */
export async function startVsCode(options) {
	const { version, node, serverMain, root } = await ensureVsCode(options.which);
	const port = options.port ?? (await freePort());
	if (!(await isPortFree(port))) {
		throw new MissingTool(`Port ${port} is taken; stop what listens there, or choose another.`);
	}
	const profile = options.profileDir ?? temporaryFolder("spacetimedb-chat-vscode");
	const folders = {
		"--user-data-dir": options.userDataDir ?? join(profile, "user-data"),
		"--extensions-dir": options.extensionsDir ?? join(profile, "extensions"),
		"--server-data-dir": join(profile, "server-data"),
	};
	for (const folder of Object.values(folders)) {
		await mkdir(folder, { recursive: true });
	}
	const places = Object.entries(folders).flat();
	const env = environment();
	if (options.language !== undefined) {
		await addLanguage(folders["--user-data-dir"], options.language);
	}
	if (options.vsix !== undefined) {
		/** @param {string[]} where */
		const install = (where) =>
			run(node, [serverMain, ...where, "--force", "--install-extension", options.vsix ?? ""], {
				cwd: root,
				env,
				label: `Installing the extension in VS Code ${version}`,
			});
		const isOwn = options.profileDir === undefined && options.extensionsDir === undefined;
		await (isOwn
			? cp(await installedOnce(options.vsix, version, install), folders["--extensions-dir"], {
					recursive: true,
				})
			: install(places));
	}
	const innerPort = await freePort();
	const daemon = await startDaemon(
		node,
		[
			serverMain,
			...["--host", "127.0.0.1", "--port", String(innerPort)],
			...["--without-connection-token", "--accept-server-license-terms"],
			...places,
			...["--telemetry-level", "off", "--disable-workspace-trust"],
			...(options.language === undefined ? [] : ["--locale", options.language.name]),
		],
		{ cwd: root, env },
	);
	let settings = options.settings ?? {};
	const front = await startFront({
		port,
		innerPort,
		key: await mintKey(profile),
		settings: () => ({ ...QUIET, ...settings }),
		isolatesWebviews: options.isolatesWebviews ?? false,
	});
	const stop = async () => {
		forget();
		await front.close();
		await daemon.stop();
		await waitUntil(() => isPortFree(port), PORT_RELEASE_TIMEOUT_MS);
		removeTemporaryFolder(profile);
	};
	const forget = stopWithUs(stop);
	const answers = await waitUntil(
		async () => !daemon.isRunning() || (await isReady(port)),
		READY_TIMEOUT_MS,
	);
	if (!daemon.isRunning() || !answers) {
		const state = daemon.isRunning() ? "did not answer" : `ended with ${await daemon.exited}`;
		await stop();
		const output = daemon.lastLines().slice(-8).join("\n");
		const detail = output === "" ? "." : `; its last output:\n${output}`;
		throw new MissingTool(`VS Code ${version} ${state}${detail}`);
	}
	return {
		url: `http://localhost:${port}`,
		port,
		version,
		profileDir: profile,
		openUrl: (page = {}) => pageUrl(port, page),
		setSettings(next) {
			settings = next;
		},
		lastLines: daemon.lastLines,
		stop,
	};
}

/**
 * Makes a language known as the workbench does when it installs a language pack; the server's own
 * command for installing does not (VS Code 1.100 and 1.139).
 * @param {string} userData
 * @param {Language} language
 */
async function addLanguage(userData, { name, translations }) {
	const extensions = [{ extensionIdentifier: { id: `test.${name}` }, version: "1.0.0" }];
	const pack = { hash: name, label: name, extensions, translations: { vscode: translations } };
	await writeFile(join(userData, "languagepacks.json"), JSON.stringify({ [name]: pack }));
}

/**
 * The extensions of a VS Code with this package and no other, for every server that starts with them:
 * installing takes some seconds, a copy none.
 * @param {string} vsix @param {string} version @param {(where: string[]) => Promise<void>} install
 * @returns {Promise<string>} path of a folder to copy
 */
async function installedOnce(vsix, version, install) {
	const hash = createHash("sha256")
		.update(await readFile(vsix))
		.digest("hex")
		.slice(0, 16);
	const installed = join(CHECKOUT, "out", "installed", version);
	const extensions = join(installed, hash);
	if (!existsSync(extensions)) {
		await withLock(`extension-${version}-${hash}`, async () => {
			if (!existsSync(extensions)) {
				// Packages of earlier builds are of no use.
				await rm(installed, { recursive: true, force: true });
				const draft = join(installed, "draft");
				// VS Code 1.100 does not make the folder.
				await mkdir(draft, { recursive: true });
				const profile = temporaryFolder("spacetimedb-chat-install");
				await install([
					...["--extensions-dir", draft],
					...["--user-data-dir", join(profile, "user-data")],
					...["--server-data-dir", join(profile, "server-data")],
				]);
				removeTemporaryFolder(profile);
				await rename(draft, extensions);
			}
		});
	}
	return extensions;
}

/** The environment without what a VS Code around us put there for its own children. */
function environment() {
	return Object.fromEntries(
		Object.entries(process.env).filter(
			([name]) => !/^(VSCODE_|ELECTRON_|NODE_OPTIONS$)/.test(name),
		),
	);
}

/** @param {number} port */
async function isReady(port) {
	try {
		const response = await fetch(`http://127.0.0.1:${port}/`);
		await response.arrayBuffer();
		return response.status === 200;
	} catch {
		return false;
	}
}
