// Compiles a module crate to WebAssembly.

import { createHash } from "node:crypto";
import { existsSync } from "node:fs";
import { copyFile, readdir, readFile, rename, symlink } from "node:fs/promises";
import { basename, delimiter, dirname, join, relative } from "node:path";
import { cached, cachedFolder, withLock } from "./cache.mjs";
import { ensurePackages, isDebian, missingPackages } from "./debian.mjs";
import { capture, MissingTool, run, which } from "./run.mjs";
import { DEBIAN_RUST, debianRust, findRust } from "./rust.mjs";

const TARGET = "wasm32-unknown-unknown";
const FIRST_BUILD_MS = 4 * 60_000;
const RUSTUP_TIMEOUT_MS = 120_000;
/** Debian's Rust comes without the library for wasm, but with its source and the linker. */
const DEBIAN_PACKAGES = [...DEBIAN_RUST, "rust-web-src", "lld-19"];

/**
 * @typedef {object} Toolchain
 * @property {string} cargo
 * @property {string[]} flags
 * @property {NodeJS.ProcessEnv} env
 */

/** @param {string} sysroot */
function knowsWasm(sysroot) {
	return existsSync(join(sysroot, "lib", "rustlib", TARGET, "lib"));
}

/** Returns the folder that holds `rust-lld`. @returns {Promise<string>} */
async function linkerFolder() {
	const folder = cachedFolder("lld");
	const link = join(folder, "rust-lld");
	if (!existsSync(link)) {
		const lld = which("lld-19") ?? which("lld");
		if (lld === undefined) {
			throw new MissingTool("lld is missing to link WebAssembly; install Debian's package lld-19.");
		}
		await symlink(lld, link).catch((/** @type {NodeJS.ErrnoException} */ error) => {
			if (error.code !== "EEXIST") {
				throw error;
			}
		});
	}
	return folder;
}

/** @returns {Promise<Toolchain>} */
async function debianToolchain() {
	await ensurePackages(DEBIAN_PACKAGES, "to compile the module to WebAssembly");
	const rust = await debianRust();
	return {
		cargo: rust.cargo,
		flags: ["-Z", "build-std=std,panic_abort"],
		env: {
			...rust.env,
			// This variable lets a stable compiler build its own standard library.
			RUSTC_BOOTSTRAP: "1",
			PATH: `${await linkerFolder()}${delimiter}${process.env["PATH"] ?? ""}`,
		},
	};
}

/** Finds or installs a toolchain that compiles to WebAssembly. @returns {Promise<Toolchain>} */
export async function ensureWasmToolchain() {
	const rust = await findRust("to compile the module");
	if (knowsWasm(rust.sysroot)) {
		return { cargo: rust.cargo, flags: [], env: rust.env };
	}
	// Installed packages come first: rustup takes a while where its server is out of reach.
	if (isDebian() && (await missingPackages(DEBIAN_PACKAGES)).length === 0) {
		return debianToolchain();
	}
	const rustup = which("rustup");
	if (rustup !== undefined) {
		await capture(rustup, ["target", "add", TARGET], { timeoutMs: RUSTUP_TIMEOUT_MS });
		if (knowsWasm(rust.sysroot)) {
			return { cargo: rust.cargo, flags: [], env: rust.env };
		}
	}
	if (isDebian()) {
		return debianToolchain();
	}
	throw new MissingTool(
		`This Rust cannot compile to WebAssembly; run "rustup target add ${TARGET}".`,
	);
}

/** @param {string} folder @returns {Promise<string[]>} the files a build reads, in a stable order */
async function sourceFiles(folder) {
	const entries = await readdir(folder, { withFileTypes: true });
	const nested = await Promise.all(
		entries
			.filter(({ name }) => name !== "target" && !name.startsWith(".git"))
			.map(async (entry) => {
				const path = join(folder, entry.name);
				return entry.isDirectory() ? sourceFiles(path) : [path];
			}),
	);
	return nested.flat().sort();
}

/** The folder with the Cargo.lock of a crate: its own, or its workspace's. @param {string} crateDir */
function lockFolder(crateDir) {
	const found = [crateDir, dirname(crateDir)].find((folder) =>
		existsSync(join(folder, "Cargo.lock")),
	);
	if (found === undefined) {
		throw new MissingTool(`${join(crateDir, "Cargo.lock")} is missing; restore it from git.`);
	}
	return found;
}

/** @param {string} crateDir */
async function hashOf(crateDir) {
	const folder = lockFolder(crateDir);
	const ofWorkspace = ["Cargo.lock", "Cargo.toml"].map((name) => join(folder, name));
	const paths = [...(await sourceFiles(crateDir)), ...(folder === crateDir ? [] : ofWorkspace)];
	const hash = createHash("sha256");
	for (const path of paths) {
		// Lengths keep two different sets of files from looking alike.
		const text = await readFile(path);
		hash.update(`${relative(crateDir, path).replaceAll("\\", "/")}\0${text.length}\0`);
		hash.update(text);
	}
	return hash.digest("hex").slice(0, 32);
}

/** @param {string} crateDir @returns {Promise<string>} file name of what cargo makes */
async function artifactName(crateDir) {
	const manifest = await readFile(join(crateDir, "Cargo.toml"), "utf8");
	const name = /^\[package\][^[]*?^name = "([^"]+)"/ms.exec(manifest)?.[1];
	if (name === undefined) {
		throw new Error(`No package name in ${join(crateDir, "Cargo.toml")}.`);
	}
	return `${name.replaceAll("-", "_")}.wasm`;
}

/**
 * Builds a module, or finds the build of exactly these sources in the cache.
 * @param {string} crateDir folder with Cargo.toml, in a workspace or with its own Cargo.lock
 * @returns {Promise<string>} path of the .wasm file
 */
export async function buildModule(crateDir) {
	const crate = basename(crateDir);
	const built = join(cachedFolder("modules"), `${await hashOf(crateDir)}.wasm`);
	if (existsSync(built)) {
		return built;
	}
	return withLock("wasm-target", async () => {
		if (existsSync(built)) {
			return built;
		}
		const toolchain = await ensureWasmToolchain();
		// All crates use one folder, and share the standard library and every dependency.
		const target = cached("wasm-target", "all");
		const args = ["build", "--release", "--locked", "--target", TARGET, ...toolchain.flags];
		await run(toolchain.cargo, args, {
			cwd: crateDir,
			env: { ...toolchain.env, CARGO_TARGET_DIR: target },
			label: `Building the module ${crate}`,
			...(existsSync(target) ? {} : { expectedMs: FIRST_BUILD_MS }),
		});
		const draft = `${built}.${process.pid}`;
		await copyFile(join(target, TARGET, "release", await artifactName(crateDir)), draft);
		await rename(draft, built);
		return built;
	});
}
