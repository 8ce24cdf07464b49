// Runs the extension host's suite in the oldest supported VS Code, in a browser.
// `node test/vscode/browser.mjs REPORT` writes the totals to REPORT.

import { existsSync } from "node:fs";
import { readFile, rm } from "node:fs/promises";
import { ensureChromium, CHROMIUM_ARGS } from "../../scripts/lib/chromium.mjs";
import { CHECKOUT } from "../../scripts/lib/dependencies.mjs";
import { waitUntil } from "../../scripts/lib/processes.mjs";
import { fail } from "../../scripts/lib/run.mjs";
import { startVsCode } from "../../scripts/lib/vscodeWeb.mjs";
import { bundleSuite, REPORT, SUITE, withChat } from "./support.mjs";

/** The suite ends by itself: this is for a VS Code that never starts it. */
const SUITE_TIMEOUT_MS = 900_000;

/** @param {string} url @param {string} report */
async function runIn(url, report) {
	const { chromium } = await import("playwright-core");
	const browser = await chromium.launch({
		executablePath: await ensureChromium(),
		args: [...CHROMIUM_ARGS],
	});
	try {
		const page = await browser.newPage({ permissions: ["clipboard-read", "clipboard-write"] });
		await page.goto(url);
		if (!(await waitUntil(() => existsSync(report), SUITE_TIMEOUT_MS))) {
			await page.screenshot({ path: `${report}.png` });
			throw new Error(`The suite did not end; see ${report}.png for what VS Code shows.`);
		}
	} finally {
		await browser.close();
	}
}

/** @param {string} report */
async function main(report) {
	await rm(report, { force: true });
	await bundleSuite();
	await withChat(async (settings) => {
		// The suite runs inside this server's extension host, which inherits its environment.
		process.env[REPORT] = report;
		const code = await startVsCode({ which: "oldest", settings });
		console.log(`The extension host's suite runs in VS Code ${code.version} in a browser.`);
		try {
			const url = code.openUrl({
				folder: CHECKOUT,
				extensionDevelopmentPath: CHECKOUT,
				extensionTestsPath: SUITE,
			});
			await runIn(url, report);
		} finally {
			await code.stop();
		}
	});
	const { numFailedTests, lines } = JSON.parse(await readFile(report, "utf8"));
	console.log(lines.join("\n"));
	process.exit(numFailedTests === 0 ? 0 : 1);
}

await main(process.argv[2] ?? `${CHECKOUT}/out/reports/host.json`).catch(fail);
