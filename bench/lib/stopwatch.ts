import { existsSync } from "node:fs";
import { cp, mkdir, readFile, rm, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { listFiles, PackageManager } from "@vscode/vsce";
import { chromium } from "playwright-core";
import manifest from "../../package.json";
import { CHROMIUM_ARGS, ensureChromium } from "../../scripts/lib/chromium.mjs";
import { CHECKOUT } from "../../scripts/lib/dependencies.mjs";
import { removeTemporaryFolder, temporaryFolder } from "../../scripts/lib/processes.mjs";
import { startVsCode } from "../../scripts/lib/vscodeWeb.mjs";
import { until } from "../../test/support/until";

const REPORT_LIMIT_MS = 90_000;
/** A window that was left ends its extension host, and what that still does should disturb no other. */
const LEAVE_MS = 3_000;

export const OURS = `${manifest.publisher}.${manifest.name}`;
export const MINIMAL = "spacetimedb-chat-bench.minimal-view";
/** The minimal one with as many commands as ours. */
export const COMMANDS = "spacetimedb-chat-bench.minimal-commands";
const STOPWATCH = "spacetimedb-chat-bench.stopwatch";

/** How long one activation took, in milliseconds. */
export interface Activation {
	/** The extension's code, from the file to its exports. */
	readonly loadMs: number;
	/** Its `activate`. */
	readonly activateMs: number;
	/** From the wish to the end, with what VS Code does between. */
	readonly allMs: number;
}

export type Activations = Readonly<Record<string, Activation>>;

/**
 * A VS Code with our extension and the minimal one, neither of which activates by itself, and one that
 * activates them and looks at the clock.
 */
export class StopwatchStage {
	readonly #folder: string;
	readonly #measure: () => Promise<void>;
	readonly #stop: () => Promise<void>;

	private constructor(folder: string, measure: () => Promise<void>, stop: () => Promise<void>) {
		this.#folder = folder;
		this.#measure = measure;
		this.#stop = stop;
	}

	static async set(): Promise<StopwatchStage> {
		const folder = temporaryFolder("spacetimedb-chat-stopwatch");
		const extensionsDir = join(folder, "extensions");
		await placeOurs(join(extensionsDir, `${OURS}-${manifest.version}`));
		for (const [id, name] of [
			[MINIMAL, "minimal-extension"],
			[COMMANDS, "commands-extension"],
			[STOPWATCH, "stopwatch-extension"],
		] as const) {
			await cp(join(CHECKOUT, "bench", name), join(extensionsDir, `${id}-0.0.1`), {
				recursive: true,
			});
		}
		// A folder without a manifest is no extension: this is for the one with commands to load.
		const shared = join("minimal-extension", "extension.js");
		await cp(join(CHECKOUT, "bench", shared), join(extensionsDir, shared));
		await giveCommands(join(extensionsDir, `${COMMANDS}-0.0.1`, "package.json"));
		const code = await startVsCode({
			which: "newest",
			extensionsDir,
			settings: { "spacetimedbChat.connectOnStartup": "never" },
		});
		const browser = await chromium.launch({
			executablePath: await ensureChromium(),
			args: [...CHROMIUM_ARGS],
		});
		const report = join(folder, "report.json");
		const measure = async () => {
			const page = await browser.newPage();
			await page.goto(code.openUrl({ folder: CHECKOUT }));
			await until("the stopwatch reports", () => existsSync(report), REPORT_LIMIT_MS);
			await page.goto("about:blank");
			await page.close();
			await new Promise((wake) => setTimeout(wake, LEAVE_MS));
		};
		return new StopwatchStage(folder, measure, async () => {
			await browser.close();
			await code.stop();
			removeTemporaryFolder(folder);
		});
	}

	/** Activates these extensions in their order, in a fresh extension host. */
	async activate(ids: readonly string[]): Promise<Activations> {
		const report = join(this.#folder, "report.json");
		await rm(report, { force: true });
		await writeFile(join(this.#folder, "stopwatch.json"), JSON.stringify({ ids, report }));
		await this.#measure();
		return JSON.parse(await readFile(report, "utf8")) as Activations;
	}

	async stop(): Promise<void> {
		await this.#stop();
	}
}

/** Writes as many commands as ours has into a manifest. */
async function giveCommands(path: string): Promise<void> {
	const bare = JSON.parse(await readFile(path, "utf8")) as { contributes: object };
	const commands = manifest.contributes.commands.map(({ title }, index) => ({
		command: `minimalCommands.${index}`,
		title,
	}));
	await writeFile(
		path,
		JSON.stringify({ ...bare, contributes: { ...bare.contributes, commands } }),
	);
}

/** The files of the package, with a manifest that activates nothing by itself. */
async function placeOurs(folder: string): Promise<void> {
	const files = await listFiles({ cwd: CHECKOUT, packageManager: PackageManager.None });
	for (const file of files) {
		await mkdir(dirname(join(folder, file)), { recursive: true });
		await cp(join(CHECKOUT, file), join(folder, file));
	}
	await writeFile(
		join(folder, "package.json"),
		JSON.stringify({ ...manifest, activationEvents: [] }),
	);
}
