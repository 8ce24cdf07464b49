// Opens the desktop VS Code, with a profile apart from the person's own.

import { existsSync } from "node:fs";
import { mkdir, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { CHECKOUT } from "./dependencies.mjs";
import { killGroup, startDaemon, stopWithUs } from "./processes.mjs";
import { spawnable, which } from "./run.mjs";

/** The `code` command, unless it could not open a window here. @returns {string | undefined} */
export function findDesktop() {
	// In a remote terminal `code` controls a window elsewhere, which can't load our folder.
	const isRemote = process.env["VSCODE_IPC_HOOK_CLI"] !== undefined;
	const hasDisplay =
		process.platform !== "linux" ||
		process.env["DISPLAY"] !== undefined ||
		process.env["WAYLAND_DISPLAY"] !== undefined;
	return !isRemote && hasDisplay ? which("code") : undefined;
}

/** @param {string} path @param {Record<string, unknown>} settings */
async function mergeSettings(path, settings) {
	/** @type {unknown} */
	let old = {};
	try {
		old = JSON.parse(await readFile(path, "utf8"));
	} catch {
		// No settings yet, or settings with comments. The profile is ours, so ours are enough.
	}
	const merged = { ...(typeof old === "object" ? old : {}), ...settings };
	await writeFile(path, `${JSON.stringify(merged, undefined, "\t")}\n`);
}

/** @param {string} userData @returns {Promise<number | undefined>} the process that owns the profile */
async function mainProcess(userData) {
	const lock = join(userData, "code.lock");
	return existsSync(lock) ? Number(await readFile(lock, "utf8")) || undefined : undefined;
}

/**
 * Opens a window with the extension of this checkout.
 * @param {string} code the command
 * @param {{ profileDir: string, settings: Record<string, unknown> }} options
 * @returns {Promise<{ closed: Promise<unknown> }>} `closed` resolves when the window is closed
 */
export async function openDesktop(code, { profileDir, settings }) {
	const userData = join(profileDir, "user-data");
	await mkdir(join(userData, "User"), { recursive: true });
	await mergeSettings(join(userData, "User", "settings.json"), settings);
	const args = [
		`--extensionDevelopmentPath=${CHECKOUT}`,
		`--user-data-dir=${userData}`,
		`--extensions-dir=${join(profileDir, "extensions")}`,
		"--disable-workspace-trust",
		"--new-window",
		"--wait",
		// Chromium's sandbox refuses to run as root.
		...(process.getuid?.() === 0 ? ["--no-sandbox"] : []),
		CHECKOUT,
	];
	const start = spawnable(code, args);
	const daemon = await startDaemon(start.command, start.args, { shell: start.shell });
	const stop = async () => {
		forget();
		// The command only waits; the window belongs to a process that the command left behind.
		const owner = await mainProcess(userData);
		if (owner !== undefined) {
			endProcess(owner);
		}
		await daemon.stop();
	};
	const forget = stopWithUs(stop);
	return { closed: daemon.exited.then(forget) };
}

/** @param {number} pid */
function endProcess(pid) {
	if (process.platform === "win32") {
		killGroup(pid, "SIGTERM");
		return;
	}
	try {
		process.kill(pid, "SIGTERM");
	} catch {
		// The person has closed the window.
	}
}
