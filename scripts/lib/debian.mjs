// Installs Debian's packages, on systems that allow it.

import { existsSync } from "node:fs";
import { capture, MissingTool, run, which } from "./run.mjs";

let isListFresh = false;

/** Returns true on a Debian-like system. */
export function isDebian() {
	return process.platform === "linux" && which("apt-get") !== undefined && existsSync("/etc/apt");
}

/** @param {string} name */
async function isInstalled(name) {
	const status = await capture("dpkg-query", ["-W", "-f=${Status}", name]);
	return status === "install ok installed";
}

/** Which of these packages are not installed. @param {string[]} names @returns {Promise<string[]>} */
export async function missingPackages(names) {
	const found = await Promise.all(names.map(isInstalled));
	return names.filter((_name, index) => !found[index]);
}

/**
 * Returns the words before a command that make it run as root; undefined if we may not.
 * @returns {Promise<string[] | undefined>}
 */
async function rootPrefix() {
	if (process.getuid?.() === 0) {
		return [];
	}
	// -n: fail rather than ask for a password in the middle of a test run.
	return (await capture("sudo", ["-n", "true"])) === undefined ? undefined : ["sudo", "-n"];
}

/**
 * Installs those of these Debian packages that are missing.
 * @param {string[]} names
 * @param {string} why what they are needed for, as in "to build the server"
 */
export async function ensurePackages(names, why) {
	const isKnown = isDebian();
	const missing = isKnown ? await missingPackages(names) : names;
	if (missing.length === 0) {
		return;
	}
	const list = missing.join(" ");
	if (!isKnown) {
		throw new MissingTool(`Install what Debian calls ${list}; it is needed ${why}.`);
	}
	const prefix = await rootPrefix();
	if (prefix === undefined) {
		throw new MissingTool(`Run "sudo apt-get install ${list}"; it is needed ${why}.`);
	}
	const env = { ...process.env, DEBIAN_FRONTEND: "noninteractive" };
	/** @param {string[]} args @param {string} label */
	const apt = (args, label) => {
		const [command = "", ...rest] = [...prefix, "apt-get", ...args];
		return run(command, rest, { env, label });
	};
	if (!isListFresh) {
		await apt(["update", "-qq"], "Updating the package list");
		isListFresh = true;
	}
	const install = ["install", "-y", "-qq", "--no-install-recommends", ...missing];
	await apt(install, `Installing ${list}`);
}
