// Finds a Rust compiler that is new enough.

import { ensurePackages, isDebian } from "./debian.mjs";
import { capture, MissingTool, which } from "./run.mjs";

/** The oldest Rust that the crates of SpacetimeDB 1.3 compile with. */
const OLDEST_MINOR = 88;
const MEND = "install Rust 1.88 or newer from https://rustup.rs";
/** Debian's second Rust, which follows the newest releases; the first one is years behind. */
export const DEBIAN_RUST = ["rustc-web", "cargo-web"];

/**
 * @typedef {object} Rust
 * @property {string} cargo path of the command
 * @property {string} sysroot
 * @property {string} host such as x86_64-unknown-linux-gnu
 * @property {NodeJS.ProcessEnv} env what cargo must be started with
 */

/**
 * @param {string} cargo
 * @param {string} rustc
 * @returns {Promise<Rust | undefined>} undefined if it is absent or too old
 */
async function inspect(cargo, rustc) {
	const version = await capture(cargo, ["--version"]);
	const minor = Number(/^cargo 1\.(\d+)\./.exec(version ?? "")?.[1] ?? 0);
	const sysroot = await capture(rustc, ["--print", "sysroot"]);
	const host = /^host: (\S+)$/m.exec((await capture(rustc, ["-vV"])) ?? "")?.[1];
	if (minor < OLDEST_MINOR || sysroot === undefined || host === undefined) {
		return undefined;
	}
	return { cargo, sysroot, host, env: { ...process.env, RUSTC: rustc } };
}

/** The Rust on PATH, unless it is too old. @returns {Promise<Rust | undefined>} */
async function rustOnPath() {
	const cargo = which("cargo");
	const rustc = which("rustc");
	return cargo === undefined || rustc === undefined ? undefined : inspect(cargo, rustc);
}

/** Returns Debian's own Rust, even if PATH has another one first. */
export async function debianRust() {
	await ensurePackages(DEBIAN_RUST, "to compile Rust");
	const rust = await inspect("/usr/bin/cargo", "/usr/bin/rustc");
	if (rust === undefined) {
		throw new MissingTool(`The Rust of this Debian is too old; ${MEND}.`);
	}
	return rust;
}

/** A Rust that can compile for this machine. @param {string} why as in "to build the server" */
export async function findRust(why) {
	const found = await rustOnPath();
	if (found !== undefined) {
		return found;
	}
	if (isDebian()) {
		return debianRust();
	}
	throw new MissingTool(`cargo is missing or too old ${why}; ${MEND}.`);
}
