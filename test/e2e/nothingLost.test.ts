import { afterAll, beforeAll, expect, test } from "vitest";
import type { WorkbenchWindow } from "../../scripts/lib/workbench.mjs";
import { Scene } from "../support/scene";
import { until } from "../support/until";

const LINES = 20;
const KILL_BEFORE = [4, 9, 14];
const RELOAD_BEFORE = 11;

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

test("twenty lines typed during three server kills and a reload arrive once, in order", async () => {
	const texts = Array.from({ length: LINES }, (_, index) => `line ${index} of twenty`);
	for (const [index, text] of texts.entries()) {
		if (KILL_BEFORE.includes(index)) {
			// The kill is immediate: in the middle of sending, without a pause for the disk.
			await scene.server.kill9();
			await window.say(text);
			await scene.restartServer();
			continue;
		}
		if (index === RELOAD_BEFORE) {
			await window.reload();
			await window.openPanel();
		}
		await window.say(text);
	}
	await window.peopleOnline.waitFor({ timeout: 60_000 });
	const terminal = await scene.terminal();
	await until(
		`all are there; there are ${terminal.messages().join()}`,
		() => new Set(terminal.messages()).size >= LINES,
		60_000,
	);
	// The last ack is confirmed five seconds later.
	await new Promise((wake) => setTimeout(wake, 6_000));
	const fresh = await scene.terminal();
	expect(fresh.messages()).toEqual(texts);
});
