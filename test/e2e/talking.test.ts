import { afterAll, afterEach, beforeAll, expect, test } from "vitest";
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
afterEach(() => {
	scene.leaveTerminals();
});

async function shows(text: string): Promise<number> {
	const message = window.messages.filter({ hasText: text });
	await message.first().waitFor();
	return message.count();
}

async function seesNotice(text: string | RegExp): Promise<void> {
	await window.notices.filter({ hasText: text }).first().waitFor();
}

test("connecting makes one notice, with a hint about names", async () => {
	await seesNotice(/Connected to quickstart-chat.*Type \/name to set your name/);
	expect(await window.notices.filter({ hasText: "Connected to" }).count()).toBe(1);
});

test("a typed message is sent, and the terminal prints it once", async () => {
	const terminal = await scene.terminal();
	await window.say("typed in the panel");
	await terminal.sees(/: typed in the panel$/);
	await window.log.locator('[data-state="sent"]', { hasText: "typed in the panel" }).waitFor();
	const printed = terminal.lines.filter((line) => line.endsWith("typed in the panel"));
	expect([await shows("typed in the panel"), printed.length]).toEqual([1, 1]);
});

test("the panel shows the terminal's message once, under its author", async () => {
	const terminal = await scene.terminal();
	terminal.say("/name Grace");
	await seesNotice(/is now Grace/);
	terminal.say("typed in the terminal");
	const count = await shows("typed in the terminal");
	const label = await window.messages
		.filter({ hasText: "typed in the terminal" })
		.getAttribute("aria-label");
	expect([count, label?.startsWith("Grace")]).toEqual([1, true]);
});

test("the composer sets the name", async () => {
	const terminal = await scene.terminal();
	await window.say("/name Ada");
	await terminal.sees(/ is now Ada$/);
	await until("the composer is empty", async () => (await window.composer.inputValue()) === "");
});

test("the palette sets the name", async () => {
	const terminal = await scene.terminal();
	await window.run("Chat: Set Name…");
	await window.answer("Ada Lovelace");
	await terminal.sees(/ is now Ada Lovelace$/);
});

test("a refused name is shown with its reason, and stays in the composer", async () => {
	const line = `/name ${"x".repeat(65)}`;
	await window.say(line);
	const alert = window.panel.getByRole("alert").filter({ hasText: "Could not set the name" });
	await alert.waitFor();
	const told = await alert.innerText();
	const kept = await window.composer.inputValue();
	await window.composer.fill("");
	expect([told.includes("a name can have 64 characters; this one has 65"), kept]).toEqual([
		true,
		line,
	]);
});

test("a refused message is shown with its reason, and stays in the composer", async () => {
	const text = "y".repeat(8001);
	await window.say(text);
	await window.panel.getByRole("alert").filter({ hasText: "8001" }).waitFor();
	const kept = await window.composer.inputValue();
	await window.composer.fill("");
	expect(kept.length).toBe(8001);
});

test("an unknown /word is explained and not sent", async () => {
	const before = await window.messages.count();
	await window.say("/nmae Ada");
	await window.panel.getByText(/There is no \/nmae/).waitFor();
	await window.composer.fill("");
	expect(await window.messages.count()).toBe(before);
});

test("the status bar's count rises and falls", async () => {
	const count = async () =>
		Number((await window.peopleOnline.getAttribute("aria-label"))?.split(" ")[0]);
	// People of earlier tests are still within the grace period.
	const before = await count();
	const terminal = await scene.terminal();
	await until("it rises", async () => (await count()) > before);
	await new Promise((wake) => setTimeout(wake, 1_200)); // longer than a call over HTTP
	terminal.leave();
	await until("it falls to the person here", async () => (await count()) === 1, 60_000);
	expect(await count()).toBe(1);
});

test("the button in the title lists the people", async () => {
	const list = await window.showPeople();
	const names = await list.innerText();
	await window.run("Chat: Show or Hide People");
	await list.waitFor({ state: "hidden" });
	expect(names).toContain("Ada Lovelace");
});
