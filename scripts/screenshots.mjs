// Pictures of the running panel: `npm run screenshots` writes every state in every theme to
// out/screenshots, to be looked at, and the README's picture to media/screenshot.png.

import { mkdir } from "node:fs/promises";
import { join } from "node:path";
import { callReducer, createIdentity, publish } from "./lib/databases.mjs";
import { CHECKOUT, ensureDependencies } from "./lib/dependencies.mjs";
import { buildOwnModule, packageExtension } from "./lib/extension.mjs";
import { shutDown } from "./lib/processes.mjs";
import { fail } from "./lib/run.mjs";
import { startServer } from "./lib/spacetimedb.mjs";
import { Workbench } from "./lib/workbench.mjs";

const DATABASE = "quickstart-chat";
const OUT = join(CHECKOUT, "out", "screenshots");
const THEMES = {
	dark: "Default Dark Modern",
	light: "Default Light Modern",
	"hc-dark": "Default High Contrast",
	"hc-light": "Default High Contrast Light",
};
/** Time for fonts, marks and the scroll to come to rest before a picture. */
const REST_MS = 1_200;

const TALK = /** @type {const} */ ([
	["Ada", "The backlog opens in one page now. Can you try it on the big database?"],
	["Ada", "It used to take `6.5 s`."],
	[
		"Grace",
		"```ts\nconst page = pageOf(room, seq);\nif (this.#pages.has(page)) return;\nawait this.#load(page);\n```",
	],
	[
		"Grace",
		"Some **bold**, *italic*, ~~strike~~ and a [link](https://example.com).\n\n- one\n- two\n\n> quoted",
	],
]);

/** @param {string} url */
async function setStage(url) {
	const owner = await createIdentity(url);
	await publish(url, DATABASE, owner.token, await buildOwnModule());
	/** @type {Map<string, string>} */
	const tokens = new Map();
	for (const name of ["Ada", "Grace"]) {
		const { token } = await createIdentity(url);
		tokens.set(name, token);
		await callReducer(url, DATABASE, token, "set_name", [name]);
	}
	for (const [name, text] of TALK) {
		await callReducer(url, DATABASE, tokens.get(name) ?? "", "send_message", [text]);
	}
}

/** @param {import("./lib/workbench.mjs").WorkbenchWindow} window @param {string} name */
async function picture(window, name) {
	await window.page.mouse.move(700, 400);
	await window.page.waitForTimeout(REST_MS);
	await window.page.screenshot({ path: join(OUT, `${name}.png`) });
	console.log(`${name}.png`);
}

/** Drags the side bar's edge. @param {import("./lib/workbench.mjs").WorkbenchWindow} window @param {number} toX */
async function dragSideBar(window, toX) {
	const edge = await window.page.locator(".part.sidebar").boundingBox();
	if (edge === null) {
		throw new Error("There is no side bar to drag.");
	}
	const x = edge.x + edge.width;
	await window.page.mouse.move(x, 300);
	await window.page.mouse.down();
	await window.page.mouse.move(toX, 300, { steps: 8 });
	await window.page.mouse.up();
}

async function main() {
	await ensureDependencies();
	await mkdir(OUT, { recursive: true });
	const vsix = await packageExtension();
	let server = await startServer({ keepData: true });
	await setStage(server.url);
	const settings = { "spacetimedbChat.server": server.url };
	const workbench = await Workbench.start({
		which: "newest",
		vsix,
		settings,
		size: { width: 1100, height: 780 },
		scale: 2,
	});
	const window = await workbench.open();
	await window.openPanel();
	await window.peopleOnline.waitFor();
	await picture(window, "dark-first");
	await window.say("/name Linus");
	await window.notices.filter({ hasText: "is now Linus" }).waitFor();
	await window.say("Opening a million rows feels like opening ten. Merging.");
	for (const [name, theme] of Object.entries(THEMES)) {
		workbench.code.setSettings({ ...settings, "workbench.colorTheme": theme });
		await window.reload();
		await window.openPanel();
		await window.peopleOnline.waitFor();
		await picture(window, `${name}-talking`);
		if (name === "dark") {
			await window.page.screenshot({
				path: join(CHECKOUT, "media", "screenshot.png"),
				scale: "css",
			});
		}
		await window.showPeople();
		await picture(window, `${name}-people`);
		await window.run("Chat: Show or Hide People");
		await window.say("/nmae Linus");
		await picture(window, `${name}-unknown-word`);
		await window.composer.fill("");
		const { port, dataDir } = server;
		await server.kill9();
		await window.panel.getByRole("button", { name: "Reconnect" }).waitFor();
		await window.say("Two questions about the lock order.");
		await window.say("@Linus is the second one needed?");
		await window.composer.fill("and a third, while we are offline");
		await picture(window, `${name}-cut-off`);
		await window.composer.fill("");
		await dragSideBar(window, 230);
		await picture(window, `${name}-narrow-cut-off`);
		server = await startServer({ port, dataDir, keepData: true });
		await window.peopleOnline.waitFor({ timeout: 60_000 });
		await picture(window, `${name}-narrow`);
		await dragSideBar(window, 370);
	}
	await server.kill9();
	await window.reload();
	await window.openPanel();
	await window.panel.getByText("No chat server at").waitFor();
	await picture(window, "hc-light-no-server");
	await dragSideBar(window, 230);
	await picture(window, "hc-light-narrow-no-server");
	await workbench.stop();
	await server.stop();
	await shutDown(0);
}

await main().catch(fail);
