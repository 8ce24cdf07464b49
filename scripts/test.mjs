// `npm test`: every check and every suite, in order, with one total at the end.
// `node scripts/test.mjs unit server` runs only the named steps.

import { spawn } from "node:child_process";
import { mkdir, rm } from "node:fs/promises";
import { join } from "node:path";
import { cached } from "./lib/cache.mjs";
import { CHECKOUT, ensureDependencies } from "./lib/dependencies.mjs";
import { buildOwnModule } from "./lib/extension.mjs";
import { endWithUs } from "./lib/processes.mjs";
import { readReport, wholeTotals } from "./lib/reports.mjs";
import { fail, MissingTool } from "./lib/run.mjs";
import { findRust } from "./lib/rust.mjs";
import { prepare } from "./prepare.mjs";

const REPORTS = join(CHECKOUT, "out", "reports");

/** @typedef {import("./lib/reports.mjs").Totals} Totals */
/** @typedef {import("./lib/reports.mjs").Report} Report */
/** @typedef {{ name: string, run: () => Promise<Report> }} Step */

const bin = (/** @type {string[]} */ ...path) => join(CHECKOUT, "node_modules", ...path);

/** Runs a program of Node's with our output. @param {string[]} args @returns {Promise<number>} its code */
function node(...args) {
	return new Promise((resolve, reject) => {
		const child = spawn(process.execPath, args, {
			cwd: CHECKOUT,
			stdio: ["ignore", "inherit", "inherit"],
			detached: process.platform !== "win32",
		});
		const forget = child.pid === undefined ? () => undefined : endWithUs(child.pid);
		child.on("error", reject);
		child.on("close", (code) => {
			forget();
			resolve(code ?? 1);
		});
	});
}

/** A check that passes or fails as a whole. @param {string} name @param {string[]} args @returns {Step} */
function check(name, ...args) {
	return {
		name,
		async run() {
			const code = await node(...args);
			const totals = { passed: code === 0 ? 1 : 0, failed: code === 0 ? 0 : 1, skipped: 0 };
			return { totals, failures: [] };
		},
	};
}

/** A suite that writes a report in vitest's form. @param {string} name @param {(report: string) => string[]} args @returns {Step} */
function suite(name, args) {
	return {
		name,
		async run() {
			const report = join(REPORTS, `${name}.json`);
			await rm(report, { force: true });
			return readReport(report, await node(...args(report)));
		},
	};
}

/** @param {string} name @param {number} [workers] files that run at the same time at most */
function vitest(name, workers = 2) {
	return suite(name, (report) => [
		bin("vitest", "vitest.mjs"),
		...["run", "--project", name, "--maxWorkers", String(workers), "--reporter", "default"],
		...["--reporter", "json", `--outputFile.json=${report}`],
	]);
}

/** The module's pure parts, compiled for this machine. @type {Step} */
const moduleStep = {
	name: "module",
	async run() {
		const rust = await findRust("to test the module");
		const child = spawn(rust.cargo, ["test", "--locked", "--quiet"], {
			cwd: join(CHECKOUT, "server"),
			env: { ...rust.env, CARGO_TARGET_DIR: cached("module-tests") },
			stdio: ["ignore", "pipe", "inherit"],
		});
		let output = "";
		child.stdout.on("data", (chunk) => {
			output += String(chunk);
			process.stdout.write(chunk);
		});
		const code = await new Promise((resolve, reject) => {
			child.on("error", reject);
			child.on("close", resolve);
		});
		const said = /(\d+) passed; (\d+) failed; (\d+) ignored/.exec(output)?.slice(1).map(Number);
		const [passed = 0, failed = 0, skipped = 0] = said ?? [];
		return { totals: wholeTotals(code, { passed, failed, skipped }), failures: [] };
	},
};

/** @type {Step[]} */
const STEPS = [
	check("types", bin("typescript", "bin", "tsc"), "-b"),
	check("lint", bin("eslint", "bin", "eslint.js"), "."),
	check("format", bin("prettier", "bin", "prettier.cjs"), "--check", "--log-level", "warn", "."),
	check("deadcode", bin("knip", "bin", "knip.js")),
	check("package", join(CHECKOUT, "scripts", "package.mjs")),
	moduleStep,
	vitest("unit"),
	vitest("webview"),
	vitest("page"),
	vitest("contents"),
	vitest("server", 4),
	suite("host", (report) => [join(CHECKOUT, "test", "vscode", "browser.mjs"), report]),
	vitest("e2e"),
	vitest("smoke"),
	check("bench", join(CHECKOUT, "bench", "run.mjs"), "--quick"),
];

/** @param {Totals} totals */
function sentence({ passed, failed, skipped }) {
	return `${passed} passed, ${failed} failed, ${skipped} skipped`;
}

async function main() {
	const wanted = process.argv.slice(2);
	const steps = STEPS.filter(({ name }) => wanted.length === 0 || wanted.includes(name));
	const unknown = wanted.filter((name) => !STEPS.some((step) => step.name === name));
	if (unknown.length > 0) {
		throw new MissingTool(
			`There is no step ${unknown.join(", ")}; there are ${STEPS.map(({ name }) => name).join(", ")}.`,
		);
	}
	await (wanted.length === 0 ? prepare() : ensureDependencies());
	await mkdir(REPORTS, { recursive: true });
	if (wanted.length === 0) {
		await buildOwnModule();
	}
	const total = { passed: 0, failed: 0, skipped: 0 };
	const lines = [];
	for (const { name, run } of steps) {
		console.log(`\n— ${name}`);
		const began = Date.now();
		const { totals, failures } = await run();
		total.passed += totals.passed;
		total.failed += totals.failed;
		total.skipped += totals.skipped;
		const seconds = ((Date.now() - began) / 1000).toFixed(0);
		lines.push(`${name.padEnd(10)} ${sentence(totals)} (${seconds} s)`);
		// Once more here, since they are far above by the end.
		lines.push(...failures.map((failure) => `  ✗ ${failure}`));
	}
	console.log(`\n${lines.join("\n")}\n`);
	console.log(sentence(total));
	process.exit(total.failed === 0 ? 0 : 1);
}

await main().catch(fail);
