import { existsSync } from "node:fs";
import { cp, mkdir, readFile, rm, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { listFiles, PackageManager } from "@vscode/vsce";
import { chromium } from "playwright-core";
import manifest from "../../package.json";
import { CHROMIUM_ARGS, ensureChromium } from "../../scripts/lib/chromium.mjs";
import { CHECKOUT } from "../../scripts/lib/dependencies.mjs";
import { removeTemporaryFolder, temporaryFolder } from "../../scripts/lib/processes.mjs";
import { startVsCode } from "../../scripts/lib/vscodeWeb.mjs";
import { until } from "../../test/support/until";
import type { Bench } from "../lib/bench";

const REPORT_LIMIT_MS = 90_000;
/** The time in which the extension host of a closed window ends, so that it disturbs no other. */
const LEAVE_MS = 3_000;

const PUBLISHER = "spacetimedb-chat-bench";
const OURS = `${manifest.publisher}.${manifest.name}`;
const MINIMAL = `${PUBLISHER}.minimal`;
/** A copy of the minimal extension with as many commands as ours. */
const COMMANDS = `${PUBLISHER}.commands`;

/** Milliseconds of loading the code, of `activate`, and from request to end. */
type Part = "loadMs" | "activateMs" | "allMs";
type Activations = Readonly<Record<string, Readonly<Record<Part, number>> | undefined>>;

/** (d): the cost of our extension in a window that does not use it. */
export async function activation(bench: Bench) {
	// Builds the files of our extension.
	await bench.vsix();
	const folder = temporaryFolder("spacetimedb-chat-stopwatch");
	const extensionsDir = join(folder, "extensions");
	await installExtensions(extensionsDir);
	const settings = { "spacetimedbChat.connectOnStartup": "never" };
	const code = await startVsCode({ which: "newest", extensionsDir, settings });
	const args = [...CHROMIUM_ARGS];
	const browser = await chromium.launch({ executablePath: await ensureChromium(), args });
	const report = join(folder, "report.json");
	const runs: Activations[] = [];
	try {
		for (const run of bench.eachRun()) {
			// The first extension pays for parts that all need, so the order rotates.
			const all = [OURS, MINIMAL, COMMANDS];
			const ids = [...all.slice(run % 3), ...all.slice(0, run % 3)];
			await rm(report, { force: true });
			await writeFile(join(folder, "stopwatch.json"), JSON.stringify({ ids, report }));
			const page = await browser.newPage();
			await page.goto(code.openUrl({ folder: CHECKOUT }));
			await until("the stopwatch reports", () => existsSync(report), REPORT_LIMIT_MS);
			await page.goto("about:blank");
			await page.close();
			await sleep(LEAVE_MS);
			runs.push(JSON.parse(await readFile(report, "utf8")) as Activations);
		}
	} finally {
		await browser.close();
		await code.stop();
		removeTemporaryFolder(folder);
	}
	const figure = (baseline: string, part: Part) => ({
		ours: runs.map(({ [OURS]: times }) => times?.[part] ?? Number.NaN),
		baseline: runs.map(({ [baseline]: times }) => times?.[part] ?? Number.NaN),
	});
	return {
		figures: {
			"activation.activateMs": figure(MINIMAL, "activateMs"),
			"activation.same-commands": figure(COMMANDS, "activateMs"),
			"activation.loadMs": figure(MINIMAL, "loadMs"),
			"activation.allMs": figure(MINIMAL, "allMs"),
		},
	};
}

/**
 * Installs our extension and the two minimal ones, of which none activates by itself, and a
 * stopwatch, which activates and times them.
 */
async function installExtensions(folder: string): Promise<void> {
	const ours = join(folder, OURS);
	for (const file of await listFiles({ cwd: CHECKOUT, packageManager: PackageManager.None })) {
		await mkdir(dirname(join(ours, file)), { recursive: true });
		await cp(join(CHECKOUT, file), join(ours, file));
	}
	const silent = JSON.stringify({ ...manifest, activationEvents: [] });
	await writeFile(join(ours, "package.json"), silent);
	for (const [id, name] of [
		[MINIMAL, "minimal-extension"],
		[COMMANDS, "minimal-extension"],
		[`${PUBLISHER}.stopwatch`, "stopwatch-extension"],
	] as const) {
		await cp(join(CHECKOUT, "bench", name), join(folder, id), { recursive: true });
	}
	const path = join(folder, COMMANDS, "package.json");
	const copy = (await readFile(path, "utf8")).replaceAll('"minimal', '"commands');
	const { contributes, ...rest } = JSON.parse(copy) as { readonly contributes: object };
	const commands = manifest.contributes.commands.map(({ title }, index) => ({
		command: `minimalCommands.${index}`,
		title,
	}));
	await writeFile(path, JSON.stringify({ ...rest, contributes: { ...contributes, commands } }));
}
