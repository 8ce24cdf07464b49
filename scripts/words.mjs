// Checks the prose of the repository against the word list: `node scripts/words.mjs` names each place as
// file:line and fails if there is one. `--count` prints how many there are in each folder instead.
// Arguments that are no option name the folders or files to look at; without any, all are looked at.

import { readdir, readFile, stat } from "node:fs/promises";
import { join } from "node:path";
import { CHECKOUT } from "./lib/dependencies.mjs";
import { findWords } from "./lib/words.mjs";

/** Folders that hold nothing written by hand. */
const SKIPPED = new Set([
	"node_modules",
	"module_bindings",
	"dist",
	"out",
	"target",
	".git",
	".vscode-test",
]);

/** Lists the files under a path of the checkout, with slashes. @param {string} path @returns {Promise<string[]>} */
async function filesUnder(path) {
	if (!(await stat(join(CHECKOUT, path))).isDirectory()) {
		return [path];
	}
	const entries = await readdir(join(CHECKOUT, path), { withFileTypes: true });
	const lists = entries
		.filter(({ name }) => !SKIPPED.has(name))
		.map(async (entry) => {
			const child = path === "." ? entry.name : `${path}/${entry.name}`;
			return entry.isDirectory() ? filesUnder(child) : entry.isFile() ? [child] : [];
		});
	return (await Promise.all(lists)).flat().sort();
}

/** @param {string} file @returns {string} the folder that a file is counted under */
function folderOf(file) {
	const folders = file.split("/").slice(0, -1);
	return folders.length === 0 ? "." : folders.slice(0, 2).join("/");
}

/** @param {{ file: string, finding: import("./lib/words.mjs").Finding }[]} all */
function printCounts(all) {
	/** @type {Map<string, { words: number, openings: number }>} */
	const counts = new Map();
	for (const { file, finding } of all) {
		const count = counts.get(folderOf(file)) ?? { words: 0, openings: 0 };
		count[finding.isOpening ? "openings" : "words"] += 1;
		counts.set(folderOf(file), count);
	}
	const rows = [...counts].sort(([a], [b]) => (a < b ? -1 : 1));
	console.log("words  openings  folder");
	for (const [folder, { words, openings }] of rows) {
		console.log(`${String(words).padStart(5)}  ${String(openings).padStart(8)}  ${folder}`);
	}
	const openings = all.filter(({ finding }) => finding.isOpening).length;
	console.log(`${String(all.length - openings).padStart(5)}  ${String(openings).padStart(8)}  all`);
}

const args = process.argv.slice(2);
const roots = args.filter((arg) => !arg.startsWith("--")).map((root) => root.replace(/\/+$/, ""));
const files = (await Promise.all((roots.length > 0 ? roots : ["."]).map(filesUnder))).flat();
const texts = await Promise.all(files.map((file) => readFile(join(CHECKOUT, file), "utf8")));
const all = files.flatMap((file, index) =>
	findWords(file, texts[index] ?? "").map((finding) => ({ file, finding })),
);
if (args.includes("--count")) {
	printCounts(all);
} else {
	for (const { file, finding } of all) {
		const problem = finding.isOpening ? "a comment opens with" : `a ${finding.kind} says`;
		console.log(`${file}:${finding.line}: ${problem} “${finding.found}”`);
	}
}
process.exit(all.length === 0 ? 0 : 1);
