import type { Frame, Page } from "playwright-core";
import { Workbench, type WorkbenchWindow } from "../../scripts/lib/workbench.mjs";
import { until } from "../../test/support/until";
import { noteOpening } from "./inPage";
import { PLAIN_PATH, type PlainPages, servePlainPages } from "./plainPage";
import type { Seeded } from "./seeded";

/** Messages that have to be on the screen for a chat to count as open. */
const NEWEST = 50;
/** A fresh window has other things to do at first, none of them ours. */
const SETTLE_MS = 3_000;
/** Nobody hides a panel sooner after it has come. */
const AS_A_PERSON_MS = 1_000;
const OPEN_LIMIT_MS = 120_000;

/** One VS Code with the packaged extension, and one Chromium, for all rows that look at a screen. */
export class PanelStage {
	readonly #workbench: Workbench;
	readonly #plain: PlainPages;
	readonly #isQuick: boolean;
	/** The window of a quick run, for as long as its chat is asked for. */
	#kept: { readonly window: PanelWindow; readonly place: string } | undefined;

	private constructor(workbench: Workbench, plain: PlainPages, isQuick: boolean) {
		this.#workbench = workbench;
		this.#plain = plain;
		this.#isQuick = isQuick;
	}

	/** @param isQuick opens one window for each chat, and shows its panel again and again */
	static async set(vsix: string, isQuick: boolean): Promise<PanelStage> {
		const workbench = await Workbench.start({ which: "newest", vsix });
		await workbench.context.addInitScript(noteOpening, {
			messages: NEWEST,
			plainPath: PLAIN_PATH,
		});
		return new PanelStage(workbench, await servePlainPages(), isQuick);
	}

	/** A fresh window whose chat is that of a server; nothing is connected yet. */
	async openWindow({ url, database }: Seeded): Promise<PanelWindow> {
		const place = `${url}/${database}`;
		if (this.#kept?.place === place) {
			await this.#kept.window.hide();
			return this.#kept.window;
		}
		await this.#kept?.window.leave();
		this.#workbench.code.setSettings({
			"spacetimedbChat.server": url,
			"spacetimedbChat.database": database,
			"spacetimedbChat.connectOnStartup": "never",
			"workbench.reduceMotion": "on",
		});
		const window = await this.#workbench.open();
		const opened = new PanelWindow(window, this.#isQuick);
		if (this.#isQuick) {
			this.#kept = { window: opened, place };
		} else {
			await window.page.waitForTimeout(SETTLE_MS);
		}
		return opened;
	}

	/** (c): the page that has no window on the history; nothing is connected yet. */
	async openPlain(place: Seeded): Promise<PlainWindow> {
		const page = await this.#workbench.context.newPage();
		await page.goto(this.#plain.address(place));
		await page.waitForTimeout(this.#isQuick ? 0 : SETTLE_MS);
		return new PlainWindow(page);
	}

	async stop(): Promise<void> {
		await this.#workbench.stop();
		await this.#plain.stop();
	}
}

/** What a row measures on a page, ours or the plain one. */
export interface ChatPage {
	readonly page: Page;
	/** Where the messages are. */
	frame(): Promise<Frame>;
	/** Opens the chat. Milliseconds from the click until the newest are on the screen. */
	open(): Promise<number>;
	/** Where a line is typed. */
	composer(): Promise<{ fill(text: string): Promise<void>; press(key: string): Promise<void> }>;
	close(): Promise<void>;
}

class PanelWindow implements ChatPage {
	readonly page: Page;
	readonly window: WorkbenchWindow;
	readonly #isKept: boolean;

	constructor(window: WorkbenchWindow, isKept: boolean) {
		this.window = window;
		this.page = window.page;
		this.#isKept = isKept;
	}

	async frame(): Promise<Frame> {
		return this.window.panelFrame();
	}

	async open(): Promise<number> {
		await this.page.bringToFront();
		await this.window.activity.click();
		return openingMs(this.page);
	}

	/** Shows another view in the chat's place. */
	async hide(): Promise<void> {
		await this.page.waitForTimeout(AS_A_PERSON_MS);
		await this.page.locator(".activitybar").getByRole("tab", { name: "Explorer" }).click();
		await this.page.locator("iframe.webview").waitFor({ state: "detached" });
		await this.page.waitForTimeout(AS_A_PERSON_MS);
	}

	async composer() {
		return Promise.resolve(this.window.composer);
	}

	async close(): Promise<void> {
		if (!this.#isKept) {
			await this.leave();
		}
	}

	async leave(): Promise<void> {
		// Leaving the page ends its extension host; merely closing it leaves that running for hours.
		await this.page.goto("about:blank");
		await this.page.close();
	}
}

/** From the last click in a window until its messages were on the screen. */
async function openingMs(page: Page): Promise<number> {
	const paintedAtMs = await until(
		"the newest messages are on the screen",
		async () => {
			for (const frame of page.frames()) {
				const at = await frame.evaluate(() => globalThis.bench?.paintedAtMs).catch(() => undefined);
				if (at !== undefined) {
					return at;
				}
			}
			return undefined;
		},
		OPEN_LIMIT_MS,
	);
	const clickedAtMs = await page.evaluate(() => globalThis.bench?.clickedAtMs);
	return paintedAtMs - (clickedAtMs ?? Number.NaN);
}

class PlainWindow implements ChatPage {
	constructor(readonly page: Page) {}

	async frame(): Promise<Frame> {
		return Promise.resolve(this.page.mainFrame());
	}

	async open(): Promise<number> {
		await this.page.getByRole("button", { name: "Connect" }).click();
		return openingMs(this.page);
	}

	async composer() {
		return Promise.resolve(this.page.locator("input"));
	}

	async close(): Promise<void> {
		await this.page.close();
	}
}
