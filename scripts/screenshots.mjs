// Pictures of the running panel: `npm run screenshots` writes every state in every theme to
// out/screenshots, to be looked at, and the README's picture to media/screenshot.png.

import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { CHECKOUT, ensureDependencies } from "./lib/dependencies.mjs";
import { packageExtension } from "./lib/extension.mjs";
import { withPalette } from "./lib/palettePng.mjs";
import { PictureStage } from "./lib/pictureStage.mjs";
import { shutDown } from "./lib/processes.mjs";
import { fail } from "./lib/run.mjs";
import { startServer } from "./lib/spacetimedb.mjs";
import { Workbench } from "./lib/workbench.mjs";

const OUT = join(CHECKOUT, "out", "screenshots");
const THEMES = {
	dark: "Default Dark Modern",
	light: "Default Light Modern",
	"hc-dark": "Default High Contrast",
	"hc-light": "Default High Contrast Light",
};
/** The time before a picture in which fonts, icons and the scroll position settle. */
const REST_MS = 1_200;

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

/** Widths of the panel: the default, and the narrowest that VS Code allows; in pixels of the page. */
const [WIDE, NARROW] = [370, 230];

/**
 * Takes the pictures of rooms and people, at one width.
 * @param {import("./lib/workbench.mjs").WorkbenchWindow} window
 * @param {string} name
 */
async function talkPictures(window, name) {
	await picture(window, `${name}-talking`);
	await window.run("Chat: Show or Hide People");
	await picture(window, `${name}-people`);
	await window.run("Chat: Show or Hide People");
	const heading = window.panel.getByRole("heading", { level: 1 }).getByRole("button");
	await heading.click();
	await picture(window, `${name}-rooms`);
	await window.panel.getByRole("button", { name: "Actions for backstage" }).first().click();
	await picture(window, `${name}-room-menu`);
	await window.page.keyboard.press("Escape");
	await window.panel.locator("#rooms").getByText("Shall we pair").click();
	await window.messages.filter({ hasText: "Shall we pair" }).waitFor();
	await picture(window, `${name}-direct`);
	await window.run("Chat: Search Messages");
	await window.panel.getByRole("search").getByRole("combobox").fill("pair");
	await picture(window, `${name}-search`);
	await window.page.keyboard.press("Escape");
	await switchTo(window, "lobby");
}

/** @param {import("./lib/workbench.mjs").WorkbenchWindow} window @param {string} room */
async function switchTo(window, room) {
	await window.run("Chat: Switch Room");
	const row = window.page.locator(".quick-input-list .monaco-list-row").filter({ hasText: room });
	await row.first().click();
	await window.panel.getByRole("heading", { level: 1 }).filter({ hasText: room }).waitFor();
}

async function main() {
	await ensureDependencies();
	await mkdir(OUT, { recursive: true });
	const vsix = await packageExtension();
	let server = await startServer({ keepData: true });
	const stage = new PictureStage(server.url);
	await stage.set();
	await stage.arrive();
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
	await picture(window, "first");
	await window.say("/name Linus");
	await window.notices.filter({ hasText: "is now Linus" }).waitFor();
	await window.say("Opening a million rows feels like opening ten. Merging.");
	const identity = await window.identity();
	for (const [name, theme] of Object.entries(THEMES)) {
		workbench.code.setSettings({ ...settings, "workbench.colorTheme": theme });
		await window.reload();
		await window.openPanel();
		await window.messages.first().waitFor();
		if (name === "dark") {
			await picture(window, `${name}-quiet`);
			const shot = await window.page.screenshot({ scale: "css" });
			await writeFile(join(CHECKOUT, "media", "screenshot.png"), withPalette(shot));
			await stage.fillRoomsOf(identity);
			await stage.mention("Linus");
		}
		await talkPictures(window, name);
		await window.say("/nmae Linus");
		await picture(window, `${name}-unknown-word`);
		await window.composer.fill("");
		await dragSideBar(window, NARROW);
		await talkPictures(window, `${name}-narrow`);
		await stage.timeOut(identity);
		await window.panel.getByText(/Let the others finish/).waitFor();
		await picture(window, `${name}-narrow-timed-out`);
		await dragSideBar(window, WIDE);
		await picture(window, `${name}-timed-out`);
		await stage.forgive(identity);
		await window.composer.waitFor();
		const { port, dataDir } = server;
		await server.kill9();
		await window.panel.getByRole("button", { name: "Reconnect" }).waitFor();
		await window.say("Two questions about the lock order.");
		await window.say("@Linus is the second one needed?");
		await window.composer.fill("and a third, while we are offline");
		await picture(window, `${name}-cut-off`);
		await window.composer.fill("");
		await dragSideBar(window, NARROW);
		await picture(window, `${name}-narrow-cut-off`);
		await dragSideBar(window, WIDE);
		server = await startServer({ port, dataDir, keepData: true });
		await stage.arrive();
		await window.messages.first().waitFor();
		await window.panel.getByRole("button", { name: "Reconnect" }).waitFor({
			state: "detached",
			timeout: 60_000,
		});
	}
	await server.kill9();
	await window.reload();
	await window.openPanel();
	await window.panel.getByRole("button", { name: "Reconnect" }).waitFor();
	await picture(window, "hc-light-no-server");
	await dragSideBar(window, NARROW);
	await picture(window, "hc-light-narrow-no-server");
	await workbench.stop();
	await server.stop();
	await shutDown(0);
}

await main().catch(fail);
