// Activates the extensions that a file names, in its order, and writes how long each took beside it.

const { readFileSync, renameSync, writeFileSync } = require("node:fs");
const Module = require("node:module");
const { join } = require("node:path");
const { extensions } = require("vscode");

/** The window has other things to do at first. */
const SETTLE_MS = 3_000;

exports.activate = () => {
	// The bench unpacks extensions and this file into folders of one parent.
	const wish = join(__dirname, "..", "..", "stopwatch.json");
	setTimeout(() => void run(wish), SETTLE_MS);
};

async function run(path) {
	const { ids, report } = JSON.parse(readFileSync(path, "utf8"));
	const times = {};
	for (const id of ids) {
		times[id] = await timed(extensions.getExtension(id));
	}
	writeFileSync(`${report}.draft`, JSON.stringify(times));
	renameSync(`${report}.draft`, report);
}

/**
 * In milliseconds: `loadMs` for its code, `activateMs` for its `activate`, and `allMs` from the wish to
 * its end, with all that VS Code does between.
 */
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
