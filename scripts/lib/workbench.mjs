// Drives a VS Code in a browser as a person does, for tests and pictures.

import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { CHROMIUM_ARGS, ensureChromium } from "./chromium.mjs";
import { removeTemporaryFolder, temporaryFolder } from "./processes.mjs";
import { startVsCode } from "./vscodeWeb.mjs";

/** @typedef {import("playwright-core").Page} Page */
/** @typedef {import("playwright-core").FrameLocator} FrameLocator */

const LOAD_TIMEOUT_MS = 180_000;
const VIEW_TIMEOUT_MS = 120_000;
/** Limit of everything that is done in a page or waited for there, unless the call names another. */
const ACTION_TIMEOUT_MS = 60_000;
/** A panel that is not there by then was not wished for. */
const RESTORE_TIMEOUT_MS = 5_000;
const PALETTE_TIMEOUT_MS = 15_000;
const MOST_TRIES = 3;

/** A file to show beside the chat, in a language without a server in VS Code. */
const SAMPLE = `use std::collections::HashMap;

pub struct ChatStore {
    pages: HashMap<u64, Page>,
}

impl ChatStore {
    pub fn open(&mut self, room: &Room, seq: u64) {
        let page = page_of(room, seq);
        if self.pages.contains_key(&page) {
            return;
        }
        self.load(page);
    }
}
`;

/**
 * Lets frames of other sites keep data: a webview is such a frame, and its service worker is data.
 * Private windows don't allow that, and Playwright's own contexts are private windows.
 * @param {string} profile
 */
async function giveDefaultProfile(profile) {
	await mkdir(join(profile, "Default"), { recursive: true });
	const preferences = { profile: { cookie_controls_mode: 0 } };
	await writeFile(join(profile, "Default", "Preferences"), JSON.stringify(preferences));
}

/**
 * @typedef {object} WorkbenchOptions
 * @property {import("./vscodeInstall.mjs").Which} which
 * @property {string} vsix
 * @property {Record<string, unknown>} [settings]
 * @property {{ width: number, height: number }} [size]
 * @property {import("./vscodeWeb.mjs").Language} [language] to display; English if absent
 * @property {number} [scale] device pixels for each CSS pixel
 */

/** One VS Code server with one browser, whose windows share a profile and its secrets. */
export class Workbench {
	/** @type {string[]} errors that the view's own frame wrote to the console */
	viewErrors = [];
	/** @type {string[]} every requested address */
	requests = [];
	/** @type {string[]} every requested address of another machine */
	foreignRequests = [];
	/** @type {import("./vscodeWeb.mjs").VsCodeWeb} */
	code;
	/** @type {import("playwright-core").BrowserContext} */
	context;
	/** @type {string} */
	folder;

	/** @type {string} the browser's own */
	profile;

	/**
	 * @param {import("./vscodeWeb.mjs").VsCodeWeb} code
	 * @param {import("playwright-core").BrowserContext} context
	 * @param {string} folder
	 * @param {string} profile
	 */
	constructor(code, context, folder, profile) {
		this.code = code;
		this.profile = profile;
		this.context = context;
		this.folder = folder;
		context.on("request", (request) => {
			this.requests.push(request.url());
			const { hostname, protocol } = new URL(request.url());
			const isLocal =
				!/^(https?|wss?):$/.test(protocol) || /^(.*\.)?localhost$|^127\.|^\[::1\]$/.test(hostname);
			if (!isLocal) {
				this.foreignRequests.push(request.url());
			}
		});
		context.on("console", (message) => {
			if (message.type() === "error" && message.location().url.includes("webview.js")) {
				this.viewErrors.push(message.text());
			}
		});
	}

	/** @param {WorkbenchOptions} options @returns {Promise<Workbench>} */
	static async start({ which, vsix, settings = {}, size, language, scale = 1 }) {
		// Only here: the scripts that prepare a machine run before the dependencies are installed.
		const { chromium } = await import("playwright-core");
		const code = await startVsCode({
			...{ which, vsix, settings, isolatesWebviews: true },
			...(language === undefined ? {} : { language }),
		});
		const profile = temporaryFolder("spacetimedb-chat-browser");
		await giveDefaultProfile(profile);
		const context = await chromium.launchPersistentContext(profile, {
			executablePath: await ensureChromium(),
			// The scale is set twice: the context's own does not apply to a frame with its own process.
			args: [...CHROMIUM_ARGS, "--site-per-process", `--force-device-scale-factor=${scale}`],
			viewport: size ?? { width: 1280, height: 860 },
			deviceScaleFactor: scale,
			permissions: ["clipboard-read", "clipboard-write"],
		});
		context.setDefaultTimeout(ACTION_TIMEOUT_MS);
		const folder = temporaryFolder("spacetimedb-chat-workspace");
		await mkdir(join(folder, "src"), { recursive: true });
		await writeFile(join(folder, "src", "chat_store.rs"), SAMPLE);
		return new Workbench(code, context, folder, profile);
	}

	/** Opens a window, and waits for its workbench. @returns {Promise<WorkbenchWindow>} */
	async open() {
		const page = await this.context.newPage();
		const window = new WorkbenchWindow(page);
		const file = join(this.folder, "src", "chat_store.rs");
		const url = this.code.openUrl({ folder: this.folder, file });
		await page.goto(url, { timeout: LOAD_TIMEOUT_MS });
		await window.ready();
		return window;
	}

	async stop() {
		await this.context.close();
		await this.code.stop();
		removeTemporaryFolder(this.profile);
		removeTemporaryFolder(this.folder);
	}
}

/** One window, and the parts of its page that belong to the chat. */
export class WorkbenchWindow {
	/** @type {Page} */
	page;
	/** @type {FrameLocator} the panel's own document */
	panel;

	/** @param {Page} page */
	constructor(page) {
		this.page = page;
		this.panel = page.frameLocator("iframe.webview.ready").frameLocator("iframe#active-frame");
	}

	/** Waits for the workbench and for the extension's mark in the activity bar. */
	async ready() {
		await this.activity.waitFor({ timeout: LOAD_TIMEOUT_MS });
	}

	get activity() {
		return this.page.locator(".activitybar").getByRole("tab", { name: "SpacetimeDB Chat" });
	}

	/** Opens the panel by its mark in the activity bar, unless it is open. */
	async openPanel() {
		const deadline = Date.now() + VIEW_TIMEOUT_MS;
		for (;;) {
			if ((await this.activity.getAttribute("aria-expanded")) !== "true") {
				await this.activity.click();
			}
			try {
				await this.panel.locator(".composer textarea").waitFor({ timeout: RESTORE_TIMEOUT_MS });
				return;
			} catch (error) {
				// In a window that was restoring its panel, the click has closed the panel.
				if (Date.now() > deadline) {
					throw error;
				}
			}
		}
	}

	/** Returns the panel's innermost frame, to run code in. @returns {Promise<import("playwright-core").Frame>} */
	async panelFrame() {
		const handle = await this.panel.locator("#app").elementHandle();
		const frame = await handle?.ownerFrame();
		if (!frame) {
			throw new Error("The panel has no frame.");
		}
		return frame;
	}

	/** Returns the list of people, opened if it is closed. */
	async showPeople() {
		const list = this.panel.getByRole("list", { name: "People online" });
		if (!(await list.isVisible())) {
			await this.run("Chat: Show or Hide People");
			await list.waitFor();
		}
		return list;
	}

	get composer() {
		return this.panel.getByRole("textbox", { name: "Message", exact: true });
	}

	get log() {
		return this.panel.getByRole("log", { name: "Messages" });
	}

	get messages() {
		return this.log.locator('article[data-kind="message"]');
	}

	get notices() {
		return this.log.locator('article[data-kind="notice"]');
	}

	/** The status-bar item while it shows a count. */
	get peopleOnline() {
		return this.page.getByRole("button", { name: /^\d+ (person|people) online$/ });
	}

	/** The workbench's input for questions and the command palette. */
	get quickInput() {
		return this.page.locator(".quick-input-widget input.input");
	}

	/** Types a line into the composer and presses Enter. @param {string} line */
	async say(line) {
		await this.composer.fill(line);
		await this.composer.press("Enter");
	}

	/** Returns the own identity, as the command copies it. @returns {Promise<string>} */
	async identity() {
		await this.page.evaluate(`navigator.clipboard.writeText("")`);
		await this.run("Chat: Copy My Identity");
		const deadline = Date.now() + VIEW_TIMEOUT_MS;
		for (;;) {
			/** @type {string} */
			const text = await this.page.evaluate("navigator.clipboard.readText()");
			if (/^[0-9a-f]{64}$/.test(text)) {
				return text;
			}
			if (Date.now() > deadline) {
				throw new Error("No identity came to the clipboard.");
			}
			await this.page.waitForTimeout(50);
		}
	}

	/** Runs a command of the palette by its full title. @param {string} title */
	async run(title) {
		const row = this.page
			.locator(".quick-input-list .monaco-list-row")
			.filter({ hasText: title })
			.first();
		for (let tries = 1; ; tries++) {
			await this.page.keyboard.press("F1");
			try {
				await this.quickInput.fill(`>${title}`, { timeout: PALETTE_TIMEOUT_MS });
				await row.click({ timeout: PALETTE_TIMEOUT_MS });
				return;
			} catch (error) {
				// An earlier action may take the focus late, and the palette closes without the focus.
				if (tries === MOST_TRIES || (await this.quickInput.isVisible())) {
					throw error;
				}
			}
		}
	}

	/** Answers an input box of the workbench. @param {string} text */
	async answer(text) {
		await this.quickInput.fill(text);
		await this.quickInput.press("Enter");
	}

	/** Reloads the window by its own command, so that the workbench stores its state. */
	async reload() {
		const loaded = this.page.waitForEvent("load", { timeout: LOAD_TIMEOUT_MS });
		await this.run("Developer: Reload Window");
		await loaded;
		await this.ready();
	}
}
