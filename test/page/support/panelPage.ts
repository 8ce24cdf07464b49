import { EventEmitter, once } from "node:events";
import { readFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { join } from "node:path";
import { chromium, type Browser, type Page } from "playwright-core";
import { CHROMIUM_ARGS, ensureChromium } from "../../../scripts/lib/chromium.mjs";
import { CHECKOUT } from "../../../scripts/lib/dependencies.mjs";
import type { ToWebview } from "../../../src/shared/protocol";
import type { ToHost } from "../../../src/shared/requests";
import { countWork } from "./runningWork";
import { THEMES, type ThemeName } from "./themes";

/** Nothing in a page takes longer, unless it never comes: a busy machine is ten times as slow. */
const TIMEOUT_MS = 30_000;
/** Fewest frames that the view gets to draw a fact. It gets more while it asks for another. */
const FRAMES = 8;
const FRAME_MS = 16;
/** How far ahead the clock stops: it can stop in the future only, and runs until the call arrives. */
const STOP_AHEAD_MS = 60_000;
/** A secure origin, as the one of VS Code is; nothing is asked of the network. */
const ORIGIN = "https://panel.test";
const FILES: Readonly<Record<string, readonly [path: string, type: string]>> = {
	"/webview.js": ["out/page/webview.js", "text/javascript"],
	"/webview.css": ["out/page/webview.css", "text/css"],
	"/codicon.css": ["out/page/codicon.css", "text/css"],
	"/codicon.ttf": ["out/page/codicon.ttf", "font/ttf"],
};

/** A display language, and its strings if it is not English. */
export interface PageLanguage {
	readonly name: string;
	readonly strings: Readonly<Record<string, string>>;
	/** What dates are written in where the browser does not know the language. */
	readonly dates: string;
}

/** Returns the page as src/extension/panel/html.ts does, which only runs inside VS Code. */
function htmlOf(language: PageLanguage | undefined): string {
	const strings =
		language === undefined
			? ""
			: ` data-l10n="${JSON.stringify(language.strings).replaceAll("&", "&amp;").replaceAll('"', "&quot;")}"`;
	return `<!DOCTYPE html>
<html lang="${language?.name ?? "en"}">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; script-src 'nonce-n'; style-src ${ORIGIN} 'nonce-n'; font-src ${ORIGIN}; img-src ${ORIGIN} data:">
<meta property="csp-nonce" content="n">
<title>SpacetimeDB Chat</title>
<link rel="stylesheet" href="/codicon.css">
<link rel="stylesheet" href="/webview.css">
</head>
<body${strings}><div id="app"></div><script nonce="n" src="/webview.js"></script></body>
</html>`;
}

export interface PanelOptions {
	readonly theme?: ThemeName;
	/** English if there is none. */
	readonly language?: PageLanguage;
	readonly width?: number;
	readonly height?: number;
	/** Device pixels for each CSS pixel. */
	readonly scale?: number;
	/** What the view stored when it was last open. */
	readonly stored?: unknown;
	/** Whether `runningWork` is to know what the view does by itself. */
	readonly isWorkCounted?: boolean;
	/** Gives the page a clock that the test can stop. */
	readonly hasClock?: boolean;
	/** What the host does about a wish, beside remembering it. */
	readonly answer?: (wish: ToHost, panel: PanelPage) => Promise<void> | void;
}

/** A browser for one test file. */
export async function startBrowser(): Promise<Browser> {
	return chromium.launch({ executablePath: await ensureChromium(), args: [...CHROMIUM_ARGS] });
}

/** The view as it is shipped, in a page of its own, and the host as the test plays it. */
export class PanelPage {
	readonly page: Page;
	/** Everything the view has posted. */
	readonly wishes: ToHost[] = [];
	/** What went wrong in the page. */
	readonly errors: string[] = [];
	readonly #arrived = new EventEmitter();
	/** Answers of the host that are under way. */
	readonly #answers = new Set<Promise<void>>();
	#isClockStopped = false;
	#seq = 0;

	private constructor(page: Page) {
		this.page = page;
		page.on("console", (message) => {
			if (message.type() === "error" || message.type() === "warning") {
				this.errors.push(message.text());
			}
		});
		page.on("pageerror", (error) => this.errors.push(String(error)));
	}

	static async open(browser: Browser, options: PanelOptions = {}): Promise<PanelPage> {
		const { theme = "dark", width = 320, height = 640, scale = 1, language, answer } = options;
		const page = await browser.newPage({
			viewport: { width, height },
			deviceScaleFactor: scale,
			...(language === undefined ? {} : { locale: language.dates }),
		});
		page.setDefaultTimeout(TIMEOUT_MS);
		const panel = new PanelPage(page);
		await page.route("**/*", async (route) => {
			const { pathname } = new URL(route.request().url());
			const file = FILES[pathname];
			await (file === undefined
				? route.fulfill({ body: htmlOf(language), contentType: "text/html" })
				: route.fulfill({ body: await readFile(join(CHECKOUT, file[0])), contentType: file[1] }));
		});
		await page.exposeFunction("tellTest", (wish: ToHost) => panel.#take(wish, answer));
		if (options.hasClock === true) {
			await page.clock.install();
		}
		if (options.isWorkCounted === true) {
			await countWork(page);
		}
		await page.addInitScript(countFrames);
		await page.addInitScript(playVsCode, {
			variables: THEMES[theme],
			stored: options.stored,
		});
		await page.goto(ORIGIN);
		await page.locator("#app .log").waitFor();
		return panel;
	}

	async #take(wish: ToHost, answer: PanelOptions["answer"]): Promise<void> {
		this.wishes.push(wish);
		this.#arrived.emit("wish");
		const answering = Promise.resolve(answer?.(wish, this));
		this.#answers.add(answering);
		await answering.finally(() => this.#answers.delete(answering));
	}

	/** Stops the page's clock: timers and frames come when `runClock` or `tell` lets time pass. */
	async stopClock(): Promise<void> {
		const nowMs = await this.page.evaluate(() => Date.now());
		await this.page.clock.pauseAt(nowMs + STOP_AHEAD_MS);
		this.#isClockStopped = true;
	}

	/** Lets so much time pass on the page's clock, with all that is due in it. */
	async runClock(durationMs: number): Promise<void> {
		await this.page.clock.runFor(durationMs);
	}

	async startClock(): Promise<void> {
		this.#isClockStopped = false;
		await this.page.clock.resume();
	}

	/**
	 * Tells the view facts, and waits until it has drawn all of them. Numbers of changes are filled in.
	 * On a clock that is stopped this takes as many frames, and no more time.
	 */
	async tell(...facts: readonly ToWebview[]): Promise<void> {
		const numbered = facts.map((fact) => {
			if (fact.type === "snapshot") {
				this.#seq = fact.chat.seq;
			}
			return fact.type === "changes" ? { ...fact, seq: ++this.#seq } : fact;
		});
		await this.page.evaluate(async (all) => {
			for (const fact of all) {
				window.postMessage(fact, "*");
			}
			// A port and no timer, since the clock may stand still.
			await new Promise((resolve) => {
				const { port1, port2 } = new MessageChannel();
				port2.onmessage = resolve;
				port1.postMessage(undefined);
			});
		}, numbered);
		await this.drawn();
	}

	/** Waits until the view has drawn and asks for no other frame: a new window takes several. */
	async drawn(): Promise<void> {
		if (this.#isClockStopped) {
			for (let frames = 0; frames < FRAMES || (await this.page.evaluate(awaitsFrame)); frames++) {
				await this.runClock(FRAME_MS);
			}
			return;
		}
		await this.page.evaluate(async (least) => {
			const scope = globalThis as unknown as FrameCount;
			for (let frames = 0; frames < least || scope.framesAsked.size > 0; frames++) {
				await new Promise((resolve) => scope.nextFrame(resolve));
			}
			await new Promise((resolve) => setTimeout(resolve));
		}, FRAMES);
	}

	/** Waits until the host has done everything about the wishes so far. */
	async answered(): Promise<void> {
		while (this.#answers.size > 0) {
			await Promise.all(this.#answers);
		}
	}
	/** The wishes of some types. */
	wished(...types: readonly ToHost["type"][]): ToHost[] {
		return this.wishes.filter(({ type }) => types.includes(type));
	}

	/** At each turn in a room: whether the reader came to the latest. */
	turnsIn(room: number): boolean[] {
		return this.wishes.flatMap((wish) =>
			wish.type === "scrolled" && wish.room === room ? [wish.isAtLatest] : [],
		);
	}

	/** Waits until the view has wished for something `count` times. */
	async untilWished(type: ToHost["type"], count = 1): Promise<void> {
		while (this.wished(type).length < count) {
			await once(this.#arrived, "wish", { signal: AbortSignal.timeout(TIMEOUT_MS) }).catch(() => {
				throw new Error(`The view posted no ${type}.`);
			});
		}
	}

	get log() {
		return this.page.getByRole("log", { name: "Messages" });
	}

	get messages() {
		return this.log.locator('article[data-kind="message"]');
	}

	/** Scrolls the log to a position, as one who drags its scroll bar. */
	async scrollTo(top: number): Promise<void> {
		await this.log.evaluate(async (log, to) => {
			log.scrollTop = to;
			await new Promise((resolve) => requestAnimationFrame(() => setTimeout(resolve)));
		}, top);
	}

	/** How far below the log's top the texts of these messages are, in CSS pixels. */
	async topsOf(...keys: readonly string[]): Promise<number[]> {
		return this.log.evaluate(
			(log, wanted) =>
				wanted.map((key) => {
					const text = log.querySelector(`article[data-key="${key}"] .message-body`);
					const origin = log.getBoundingClientRect().top;
					return text === null ? NaN : text.getBoundingClientRect().top - origin;
				}),
			keys,
		);
	}

	/** The keys of the messages whose text begins in sight. */
	async inSight(): Promise<string[]> {
		return this.log.evaluate((log) => {
			const { top, bottom } = log.getBoundingClientRect();
			return [...log.querySelectorAll<HTMLElement>("article[data-kind=message]")]
				.filter((article) => {
					const begin = article.querySelector(".message-body")!.getBoundingClientRect().top;
					return begin >= top && begin < bottom;
				})
				.map((article) => article.dataset["key"]!);
		});
	}

	/** What axe-core finds wrong. */
	async axe(): Promise<string[]> {
		const path = createRequire(import.meta.url).resolve("axe-core/axe.min.js");
		await this.page.evaluate(await readFile(path, "utf8"));
		return this.page.evaluate(async () => {
			const { axe } = globalThis as unknown as {
				axe: {
					run(): Promise<{ violations: { id: string; nodes: { html: string }[] }[] }>;
				};
			};
			const { violations } = await axe.run();
			return violations.map(({ id, nodes }) => `${id}: ${nodes.map((n) => n.html).join(" ")}`);
		});
	}
}

/** Frames that the view has asked for, as the page counts them. */
interface FrameCount {
	readonly framesAsked: ReadonlySet<number>;
	/** Asks for a frame without counting as the view. */
	nextFrame(act: FrameRequestCallback): number;
}

/** Returns true if the view has asked for a frame; runs in the page. */
function awaitsFrame(): boolean {
	return (globalThis as unknown as FrameCount).framesAsked.size > 0;
}

/** Counts the frames that the view has asked for; runs in the page. */
function countFrames(): void {
	const framesAsked = new Set<number>();
	const nextFrame = requestAnimationFrame.bind(window);
	const cancel = cancelAnimationFrame.bind(window);
	Object.assign(globalThis, { framesAsked, nextFrame });
	window.requestAnimationFrame = (act) => {
		const id = nextFrame((nowMs) => {
			framesAsked.delete(id);
			act(nowMs);
		});
		framesAsked.add(id);
		return id;
	};
	window.cancelAnimationFrame = (id) => {
		framesAsked.delete(id);
		cancel(id);
	};
}

/** What VS Code does for a webview; runs in the page. */
function playVsCode(given: { variables: Record<string, string>; stored: unknown }): void {
	const scope = globalThis as unknown as {
		tellTest(wish: unknown): Promise<void>;
		stored: unknown;
		/** What the view last said, for a host that is played in the page. */
		isAtLatest: boolean;
		acquireVsCodeApi(): unknown;
	};
	scope.isAtLatest = true;
	scope.stored = given.stored;
	scope.acquireVsCodeApi = () => {
		for (const [name, value] of Object.entries(given.variables)) {
			document.documentElement.style.setProperty(`--vscode-${name}`, value);
		}
		return {
			postMessage: (wish: { type: string; isAtLatest?: boolean }) => {
				scope.isAtLatest = wish.isAtLatest ?? scope.isAtLatest;
				void scope.tellTest(wish);
			},
			getState: () => scope.stored,
			setState: (state: unknown) => {
				scope.stored = structuredClone(state);
			},
		};
	};
}
