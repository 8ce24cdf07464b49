// Activates the extensions that a file names, in its order, and reports the time of each.

const { readFileSync, renameSync, writeFileSync } = require("node:fs");
const Module = require("node:module");
const { join } = require("node:path");
const { extensions } = require("vscode");

/** The time in which a fresh window finishes its other work. */
const SETTLE_MS = 3_000;

exports.activate = () => setTimeout(() => void run(), SETTLE_MS);

async function run() {
	// The bench writes this file beside the folder of the extensions.
	const request = join(__dirname, "..", "..", "stopwatch.json");
	const { ids, report } = JSON.parse(readFileSync(request, "utf8"));
	const times = {};
	for (const id of ids) {
		times[id] = await timed(extensions.getExtension(id));
	}
	writeFileSync(`${report}.draft`, JSON.stringify(times));
	renameSync(`${report}.draft`, report);
}

/** Returns milliseconds: of loading the code, of `activate`, and of all between. */
async function timed(extension) {
	const { _load: load } = Module;
	let [loadMs, activateMs] = [NaN, NaN];
	Module._load = function (request, ...rest) {
		const began = performance.now();
		const loaded = load.call(this, request, ...rest);
		if (typeof loaded?.activate !== "function" || !request.startsWith(extension.extensionPath)) {
			return loaded;
		}
		loadMs = performance.now() - began;
		const activate = async (context) => {
			const began = performance.now();
			const result = await loaded.activate(context);
			activateMs = performance.now() - began;
			return result;
		};
		return { ...loaded, activate };
	};
	try {
		const began = performance.now();
		await extension.activate();
		return { allMs: performance.now() - began, loadMs, activateMs };
	} finally {
		Module._load = load;
	}
}
