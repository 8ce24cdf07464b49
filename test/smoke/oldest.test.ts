import { afterAll, beforeAll, expect, test } from "vitest";
import type { WorkbenchWindow } from "../../scripts/lib/workbench.mjs";
import { Scene } from "../support/scene";

let scene: Scene;
let window: WorkbenchWindow;

beforeAll(async () => {
	scene = await Scene.set("oldest");
	window = await scene.window();
	await window.peopleOnline.waitFor();
});
afterAll(async () => {
	await scene.strike();
});

test("on the oldest supported VS Code people talk both ways", async () => {
	const terminal = await scene.terminal();
	await window.say("/name Ada");
	await window.say("from the panel");
	await terminal.sees("Ada: from the panel");
	terminal.say("from the terminal");
	await window.messages.filter({ hasText: "from the terminal" }).waitFor();
	expect(await window.messages.count()).toBe(2);
});

test("a reload finds the same identity and the history once", async () => {
	await window.reload();
	await window.openPanel();
	await window.messages.filter({ hasText: "from the panel" }).waitFor();
	const label = await window.messages
		.filter({ hasText: "from the panel" })
		.getAttribute("aria-label");
	// A new identity would see Ada's message as somebody else's.
	expect([label?.startsWith("You"), await window.messages.count()]).toEqual([true, 2]);
});
