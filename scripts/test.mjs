// `npm test`: every check and every suite, some side by side, with one total at the end.
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
/**
 * Takes what a step prints; without one the step has our own output for itself.
 * @typedef {((text: string) => void) | undefined} Print
 */
/** @typedef {{ name: string, run: (print: Print) => Promise<Report> }} Step */
/** @typedef {{ name: string, line: string, totals: Totals, failures: string[] }} Result */

const bin = (/** @type {string[]} */ ...path) => join(CHECKOUT, "node_modules", ...path);

/**
 * Runs a program until it ends.
 * @param {string} command
 * @param {string[]} args
 * @param {{ cwd?: string, env?: NodeJS.ProcessEnv, print: Print }} options
 * @returns {Promise<number>} its code
 */
function program(command, args, { cwd = CHECKOUT, env = process.env, print }) {
	return new Promise((resolve, reject) => {
		const stdio = print === undefined ? "inherit" : "pipe";
		const child = spawn(command, args, {
			cwd,
			env,
			stdio: ["ignore", stdio, stdio],
			detached: process.platform !== "win32",
		});
		for (const stream of [child.stdout, child.stderr]) {
			stream?.setEncoding("utf8").on("data", (text) => print?.(text));
		}
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
		async run(print) {
			const code = await program(process.execPath, args, { print });
			const totals = { passed: code === 0 ? 1 : 0, failed: code === 0 ? 0 : 1, skipped: 0 };
			return { totals, failures: [] };
		},
	};
}

/** A suite that writes a report in vitest's form. @param {string} name @param {(report: string) => string[]} args @returns {Step} */
function suite(name, args) {
	return {
		name,
		async run(print) {
			const report = join(REPORTS, `${name}.json`);
			await rm(report, { force: true });
			return readReport(report, await program(process.execPath, args(report), { print }));
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
	async run(print = (text) => process.stdout.write(text)) {
		const rust = await findRust("to test the module");
		let output = "";
		const code = await program(rust.cargo, ["test", "--locked", "--quiet"], {
			cwd: join(CHECKOUT, "server"),
			env: { ...rust.env, CARGO_TARGET_DIR: cached("module-tests") },
			print(text) {
				output += text;
				print(text);
			},
		});
		const said = /(\d+) passed; (\d+) failed; (\d+) ignored/.exec(output)?.slice(1).map(Number);
		const [passed = 0, failed = 0, skipped = 0] = said ?? [];
		return { totals: wholeTotals(code, { passed, failed, skipped }), failures: [] };
	},
};

/**
 * Steps one after the other, where a list within the list has lanes that run side by side.
 * @type {readonly (readonly (readonly Step[])[])[]}
 */
const PHASES = [
	[
		// Waits most of the time, for graces and time-outs: what computes fits beside it.
		[vitest("server", 4)],
		[
			check("types", bin("typescript", "bin", "tsc"), "-b"),
			check("lint", bin("eslint", "bin", "eslint.js"), "."),
			check(
				"format",
				bin("prettier", "bin", "prettier.cjs"),
				"--check",
				"--log-level",
				"warn",
				".",
			),
			check("deadcode", bin("knip", "bin", "knip.js")),
			check("package", join(CHECKOUT, "scripts", "package.mjs")),
			moduleStep,
			vitest("unit"),
			vitest("webview"),
			vitest("page"),
			vitest("contents"),
		],
	],
	// From here on a machine is driven as a person would: nothing else competes for it.
	[[suite("host", (report) => [join(CHECKOUT, "test", "vscode", "browser.mjs"), report])]],
	[[vitest("e2e")]],
	[[vitest("smoke")]],
	[[check("bench", join(CHECKOUT, "bench", "run.mjs"), "--quick")]],
];
/** Names of all steps, in the order of the summary. */
const NAMES = PHASES.flat(2).map(({ name }) => name);

/** @param {Totals} totals */
function sentence({ passed, failed, skipped }) {
	return `${passed} passed, ${failed} failed, ${skipped} skipped`;
}

/** @param {number} ms */
function duration(ms) {
	const seconds = Math.round(ms / 1000);
	return seconds < 100 ? `${seconds} s` : `${Math.floor(seconds / 60)} min ${seconds % 60} s`;
}

/**
 * Runs a step. Beside others its output is kept until it ends, so that it stays together.
 * @param {Step} step @param {boolean} isAlone @returns {Promise<Result>}
 */
async function runStep({ name, run }, isAlone) {
	let output = "";
	console.log(`\n— ${name}${isAlone ? "" : " begins"}`);
	const began = Date.now();
	/** @type {Report} */
	let report;
	try {
		report = await run(isAlone ? undefined : (text) => (output += text));
	} catch (error) {
		const totals = { passed: 0, failed: 1, skipped: 0 };
		report = { totals, failures: [`it could not run: ${String(error)}`] };
	}
	const line = `${name.padEnd(10)} ${sentence(report.totals)} (${duration(Date.now() - began)})`;
	if (!isAlone) {
		console.log(`\n— ${name} has ended\n${output}\n${line}`);
	}
	return { name, line, ...report };
}

/** Runs the steps of a lane, whatever fails. @param {readonly Step[]} lane @param {boolean} isAlone @returns {Promise<Result[]>} */
async function runLane(lane, isAlone) {
	const results = [];
	for (const step of lane) {
		results.push(await runStep(step, isAlone));
	}
	return results;
}

async function main() {
	const wanted = process.argv.slice(2);
	const unknown = wanted.filter((name) => !NAMES.includes(name));
	if (unknown.length > 0) {
		throw new MissingTool(`There is no step ${unknown.join(", ")}; there are ${NAMES.join(", ")}.`);
	}
	await (wanted.length === 0 ? prepare() : ensureDependencies());
	await mkdir(REPORTS, { recursive: true });
	if (wanted.length === 0) {
		await buildOwnModule();
	}
	const began = Date.now();
	/** @type {Result[]} */
	const results = [];
	for (const phase of PHASES) {
		const lanes = phase
			.map((lane) => lane.filter(({ name }) => wanted.length === 0 || wanted.includes(name)))
			.filter((lane) => lane.length > 0);
		const done = await Promise.all(lanes.map((lane) => runLane(lane, lanes.length === 1)));
		results.push(...done.flat());
	}
	results.sort((one, other) => NAMES.indexOf(one.name) - NAMES.indexOf(other.name));
	const total = { passed: 0, failed: 0, skipped: 0 };
	for (const { totals } of results) {
		total.passed += totals.passed;
		total.failed += totals.failed;
		total.skipped += totals.skipped;
	}
	// Failures once more here, since they are far above by the end.
	const lines = results.flatMap(({ line, failures }) => [
		line,
		...failures.map((failure) => `  ✗ ${failure}`),
	]);
	console.log(`\n${lines.join("\n")}\n\nAll steps took ${duration(Date.now() - began)}.`);
	console.log(sentence(total));
	process.exit(total.failed === 0 ? 0 : 1);
}

await main().catch(fail);
