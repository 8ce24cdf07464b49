import { readFile } from "node:fs/promises";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { join } from "node:path";
import type { Frame, Locator, Page } from "playwright-core";
import { CHECKOUT } from "../../scripts/lib/dependencies.mjs";
import { Workbench } from "../../scripts/lib/workbench.mjs";
import { noteOpening } from "./inPage";
import type { Seeded } from "./seeded";

/** An open chat shows this many messages at least. */
const NEWEST = 50;
/** The time in which a fresh window finishes its other work. */
const SETTLE_MS = 3_000;
/** The least time between showing and hiding a panel, as of a person. */
const PERSON_MS = 1_000;
const OPEN_LIMIT_MS = 120_000;
/** The path that tells the plain page from a workbench. */
const PLAIN_PATH = "/plain";

/** One VS Code with the packaged extension, and one Chromium, for all rows with a screen. */
export class PanelStage {
	readonly #workbench: Workbench;
	readonly #plain: Server;
	readonly #settleMs: number;

	private constructor(workbench: Workbench, plain: Server, settleMs: number) {
		this.#workbench = workbench;
		this.#plain = plain;
		this.#settleMs = settleMs;
	}

	static async set(vsix: string, isQuick: boolean): Promise<PanelStage> {
		const workbench = await Workbench.start({ which: "newest", vsix });
		workbench.context.setDefaultTimeout(OPEN_LIMIT_MS);
		await workbench.context.addInitScript(noteOpening, [NEWEST, PLAIN_PATH] as const);
		return new PanelStage(workbench, await servePlainPage(), isQuick ? 0 : SETTLE_MS);
	}

	/** Opens a fresh window for a database, without connecting. */
	async openWindow({ url, database }: Seeded): Promise<ChatPage> {
		this.#workbench.code.setSettings({
			"spacetimedbChat.server": url,
			"spacetimedbChat.database": database,
			"spacetimedbChat.connectOnStartup": "never",
			"workbench.reduceMotion": "on",
		});
		const window = await this.#workbench.open();
		await window.page.waitForTimeout(this.#settleMs);
		const { page, activity, composer } = window;
		return new ChatPage(page, activity, composer, () => window.panelFrame());
	}

	/** Opens (c), the page that shows everything, without connecting. */
	async openPlain({ url, database }: Seeded): Promise<ChatPage> {
		const page = await this.#workbench.context.newPage();
		const target = encodeURIComponent(JSON.stringify({ url, database }));
		const { port } = this.#plain.address() as AddressInfo;
		await page.goto(`http://127.0.0.1:${port}${PLAIN_PATH}#${target}`);
		await page.waitForTimeout(this.#settleMs);
		const connect = page.getByRole("button", { name: "Connect" });
		const frame = async () => Promise.resolve(page.mainFrame());
		return new ChatPage(page, connect, page.locator("input"), frame);
	}

	async stop(): Promise<void> {
		await this.#workbench.stop();
		this.#plain.closeAllConnections();
		this.#plain.close();
	}
}

/**
 * Serves the page that draws every message, in the panel's own style. It comes from this machine,
 * as Chromium requires of a page that connects to this machine.
 */
async function servePlainPage(): Promise<Server> {
	const style = await readFile(join(CHECKOUT, "dist", "webview.css"), "utf8");
	const script = await readFile(join(CHECKOUT, "out", "bench", "plain.js"), "utf8");
	const server = createServer((_request, response) => {
		response.setHeader("content-type", "text/html; charset=utf-8");
		response.end(`<!DOCTYPE html><html lang="en"><head><style>${style}</style></head>
			<body><div id="app"></div><script>${script}</script></body></html>`);
	});
	await new Promise<void>((ready) => server.listen(0, "127.0.0.1", ready));
	return server;
}

/** A page with a chat, ours or the plain one. */
export class ChatPage {
	/** @param opener is clicked to open the chat @param frame returns the frame with the messages */
	constructor(
		readonly page: Page,
		readonly opener: Locator,
		readonly composer: Locator,
		readonly frame: () => Promise<Frame>,
	) {}

	/** Opens the chat. @returns milliseconds from the click until the newest messages are shown */
	async open(): Promise<number> {
		await this.page.bringToFront();
		await this.opener.click();
		const frame = await this.frame();
		// The page notes the time, so that the polling does not count.
		const paintedAt = () => globalThis.bench?.paintedAtMs;
		const painted = await frame.waitForFunction(paintedAt, undefined, { polling: 20 });
		const clickedAtMs = await this.page.evaluate(() => globalThis.bench?.clickedAtMs);
		return ((await painted.jsonValue()) ?? Number.NaN) - (clickedAtMs ?? Number.NaN);
	}

	/** Shows another view in the place of the panel. */
	async hide(): Promise<void> {
		await this.page.waitForTimeout(PERSON_MS);
		await this.page.locator(".activitybar").getByRole("tab", { name: "Explorer" }).click();
		await this.page.locator("iframe.webview").waitFor({ state: "detached" });
		await this.page.waitForTimeout(PERSON_MS);
	}

	/** Closes the page. Leaving it first ends its extension host, which would run for hours. */
	async close(): Promise<void> {
		await this.page.goto("about:blank");
		await this.page.close();
	}
}
