import { afterAll, beforeAll, expect, test } from "vitest";
import type { WorkbenchWindow } from "../../scripts/lib/workbench.mjs";
import { Scene } from "../support/scene";
import { until } from "../support/until";

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

test("a killed server shows the banner; its restart restores the identity and the history once", async () => {
	await window.say("/name Ada");
	await window.say("before the cut");
	await window.messages.filter({ hasText: "before the cut" }).first().waitFor();
	const before = await window.identity();
	await scene.killServer();
	await window.panel.getByRole("button", { name: "Reconnect" }).waitFor();
	await window.say("typed while it is down");
	await window.panel.getByText("Waits for the connection", { exact: true }).waitFor();
	await scene.restartServer();
	await window.peopleOnline.waitFor({ timeout: 60_000 });
	await window.log.locator('[data-state="sent"]', { hasText: "typed while it is down" }).waitFor();
	const texts = await window.messages.allInnerTexts();
	const times = (text: string) => texts.filter((shown) => shown.includes(text)).length;
	expect([
		await window.identity(),
		times("before the cut"),
		times("typed while it is down"),
	]).toEqual([before, 1, 1]);
});

test("a reloaded window keeps its identity and draft", async () => {
	const before = await window.identity();
	await window.composer.fill("a draft that is not sent");
	await until("the draft is kept", async () => (await window.composer.inputValue()) !== "");
	await window.reload();
	await window.openPanel();
	await window.peopleOnline.waitFor();
	const draft = await until("the draft is back", async () => {
		const text = await window.composer.inputValue();
		return text !== "" && text;
	});
	await window.composer.fill("");
	// Without the kept token the server would have made a new identity.
	expect([await window.identity(), draft]).toEqual([before, "a draft that is not sent"]);
});

test("a second window of the profile has the same identity", async () => {
	const before = await window.identity();
	const second = await scene.workbench.open();
	await second.openPanel();
	await second.peopleOnline.waitFor();
	const other = await second.identity();
	await second.page.close();
	expect(other).toBe(before);
});

test("after Disconnect, the panel offers to connect", async () => {
	await window.run("Chat: Disconnect");
	await window.panel.getByRole("button", { name: "Connect", exact: true }).click();
	await window.peopleOnline.waitFor();
	expect(await window.peopleOnline.count()).toBe(1);
});
