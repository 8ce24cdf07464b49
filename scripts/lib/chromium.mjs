// A browser for the tests, the pictures and the benchmarks.

import { existsSync } from "node:fs";
import { join } from "node:path";
import { ensurePackages, isDebian } from "./debian.mjs";
import { MissingTool, which } from "./run.mjs";

/** Debian's packages, fonts included: a page of missing glyphs has other line heights. */
const DEBIAN_PACKAGES = ["chromium", "fonts-dejavu-core", "fonts-noto-color-emoji"];
const NAMES = ["chromium", "chromium-browser", "google-chrome", "google-chrome-stable"];

/** Arguments that make Chromium quiet, and able to run as root in a container. */
export const CHROMIUM_ARGS = [
	"--no-sandbox",
	"--disable-gpu",
	"--disable-quic",
	"--no-first-run",
	"--disable-background-networking",
	"--disable-component-update",
	"--disable-sync",
];

/** @returns {string[]} */
function usualPlaces() {
	if (process.platform === "darwin") {
		return [
			"/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
			"/Applications/Chromium.app/Contents/MacOS/Chromium",
			"/Applications/Microsoft Edge.app/Contents/MacOS/Microsoft Edge",
		];
	}
	if (process.platform === "win32") {
		return ["ProgramFiles", "ProgramFiles(x86)", "LOCALAPPDATA"].flatMap((name) => {
			const folder = process.env[name];
			return folder === undefined
				? []
				: [
						join(folder, "Google", "Chrome", "Application", "chrome.exe"),
						join(folder, "Microsoft", "Edge", "Application", "msedge.exe"),
					];
		});
	}
	return [];
}

/** @returns {string | undefined} */
function findChromium() {
	return NAMES.map(which).find(Boolean) ?? usualPlaces().find((path) => existsSync(path));
}

/** The path of a Chromium; on Debian it is installed if there is none. @returns {Promise<string>} */
export async function ensureChromium() {
	const given = process.env["CHROME_PATH"];
	if (given) {
		if (!existsSync(given)) {
			throw new MissingTool(`CHROME_PATH names ${given}, where nothing is; correct or unset it.`);
		}
		return given;
	}
	if (isDebian() && findChromium() === undefined) {
		await ensurePackages(DEBIAN_PACKAGES, "to show VS Code in a browser");
	}
	const found = findChromium();
	if (found === undefined) {
		throw new MissingTool("Chromium is missing; install it, or name one in CHROME_PATH.");
	}
	return found;
}
