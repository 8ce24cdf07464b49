import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import type { WorkbenchWindow } from "../../scripts/lib/workbench.mjs";
import { Scene } from "../support/scene";

/** The beginning of every token of a SpacetimeDB server: a JSON web token's header. */
const TOKEN = /eyJ[\w-]{8,}/;

let scene: Scene;
let window: WorkbenchWindow;

beforeAll(async () => {
	scene = await Scene.set("newest");
	window = await scene.window();
	await window.peopleOnline.waitFor();
});
afterAll(async () => {
	await scene.strike();
});

async function filesUnder(folder: string): Promise<string[]> {
	const entries = await readdir(folder, { withFileTypes: true, recursive: true });
	return entries
		.filter((entry) => entry.isFile())
		.map((entry) => join(entry.parentPath, entry.name));
}

test("the token is in no message to the view, no page and no address", async () => {
	const frame = await window.panelFrame();
	await frame.evaluate(() => {
		const heard: string[] = [];
		(globalThis as unknown as { heard: string[] }).heard = heard;
		globalThis.addEventListener("message", ({ data }) => heard.push(JSON.stringify(data)));
	});
	await window.say("/name Ada");
	await window.say("a message");
	await window.run("Chat: Reconnect");
	await window.peopleOnline.waitFor();
	await window.run("Chat: Show Log");
	const heard = await frame.evaluate(() => (globalThis as unknown as { heard: string[] }).heard);
	const page = await window.page.content();
	const panel = await frame.content();
	const found = [...heard, page, panel, ...scene.workbench.requests].filter((text) =>
		TOKEN.test(text),
	);
	expect([heard.length > 0, found]).toEqual([true, []]);
});

test("the token is in no file of VS Code or the browser: no log, no state, no setting", async () => {
	const { code, profile } = scene.workbench;
	const files = [...(await filesUnder(code.profileDir)), ...(await filesUnder(profile))];
	const leaks = [];
	for (const file of files.filter((path) => !path.includes("/extensions/"))) {
		if (TOKEN.test(await readFile(file, "latin1"))) {
			leaks.push(file);
		}
	}
	expect([files.some((file) => file.endsWith(".log")), leaks]).toEqual([true, []]);
});
