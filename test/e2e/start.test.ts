import { spawn } from "node:child_process";
import { once } from "node:events";
import { fileURLToPath } from "node:url";
import { chromium } from "playwright-core";
import { expect, test } from "vitest";
import { CHROMIUM_ARGS, ensureChromium } from "../../scripts/lib/chromium.mjs";
import { ping } from "../../scripts/lib/databases.mjs";
import { removeTemporaryFolder, temporaryFolder } from "../../scripts/lib/processes.mjs";
import { WorkbenchWindow } from "../../scripts/lib/workbench.mjs";
import { TerminalClient } from "../support/terminalClient";
import { until } from "../support/until";

const ROOT = fileURLToPath(new URL("../..", import.meta.url));

test("npm start shows the panel connected, and Ctrl+C leaves nothing running", async () => {
	const data = temporaryFolder("spacetimedb-chat-start");
	const start = spawn(
		process.execPath,
		["scripts/start.mjs", "--browser", "--check", "--data", data],
		{ cwd: ROOT },
	);
	const ended = once(start, "exit");
	let said = "";
	start.stdout.on("data", (chunk: Buffer) => (said += chunk.toString()));
	start.stderr.on("data", (chunk: Buffer) => (said += chunk.toString()));
	const browser = await chromium.launch({
		executablePath: await ensureChromium(),
		args: [...CHROMIUM_ARGS],
	});
	try {
		const server = await until(
			"a server is named",
			() => /SpacetimeDB server (?:that runs )?at (http:\/\/\S+?)\.?\s/.exec(said)?.[1],
			120_000,
		);
		const address = await until(
			`an address is printed; it said ${said}`,
			() => /^ready$/m.test(said) && /(http:\/\/localhost:\d+\/\S*folder\S*)/.exec(said)?.[1],
			120_000,
		);
		const page = await browser.newPage();
		const window = new WorkbenchWindow(page);
		await page.goto(address);
		await window.composer.waitFor({ timeout: 90_000 });
		await window.peopleOnline.waitFor({ timeout: 60_000 });
		const terminal = await TerminalClient.connect(server, "quickstart-chat");
		await window.say("from npm start");
		const seen = await terminal.sees(/: from npm start$/);
		terminal.leave();
		start.kill("SIGINT");
		const [code] = (await ended) as [number | null];
		const isOurs = said.includes("Started a SpacetimeDB server");
		const isGone = await until(
			"what it started is gone",
			async () => !isOurs || !(await ping(server)),
		);
		expect([/from npm start$/.test(seen), code, isGone]).toEqual([true, 130, true]);
	} finally {
		await browser.close();
		start.kill("SIGKILL");
		removeTemporaryFolder(data);
	}
});
