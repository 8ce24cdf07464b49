import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import type { WorkbenchWindow } from "../../scripts/lib/workbench.mjs";
import { publishAs } from "../support/chatServer";
import { Scene } from "../support/scene";
import { until } from "../support/until";

let scene: Scene;
let window: WorkbenchWindow;

beforeAll(async () => {
	scene = await Scene.set("newest");
	await publishAs(scene.server, "second-chat", "stock");
	window = await scene.window();
	await window.peopleOnline.waitFor();
});
afterAll(async () => {
	await scene.strike();
});
beforeEach(async () => {
	await window.run("Notifications: Clear All Notifications");
});

/** The text of the workbench's notifications. */
async function isNotified(text: string): Promise<void> {
	await window.page.locator(".notification-toast").filter({ hasText: text }).first().waitFor();
}

test("forgetting the identity asks first, and Cancel changes nothing", async () => {
	const before = await window.identity();
	await window.run("Chat: Forget This Identity…");
	const dialog = window.page.getByRole("dialog").filter({ hasText: "can’t be undone" });
	await dialog.getByRole("button", { name: "Cancel" }).click();
	expect(await window.identity()).toBe(before);
});

test("forgetting the identity makes a new identity", async () => {
	const before = await window.identity();
	await window.run("Chat: Forget This Identity…");
	const dialog = window.page.getByRole("dialog").filter({ hasText: "can’t be undone" });
	await dialog.getByRole("button", { name: "Forget Identity" }).click();
	const after = await until("there is a new identity", async () => {
		const identity = await window.identity();
		return identity !== before && identity;
	});
	expect(after).not.toBe(before);
});

test("a command shows the reason while the panel is disconnected", async () => {
	await window.run("Chat: Disconnect");
	await window.panel.getByRole("button", { name: "Connect", exact: true }).waitFor();
	await window.run("Chat: Set Name…");
	await isNotified("Could not set the name. The chat is disconnected.");
	await window.run("Notifications: Clear All Notifications");
	await window.run("Chat: Send Message…");
	await isNotified("Could not send the message. The chat is disconnected.");
	await window.run("Chat: Connect");
	await window.peopleOnline.waitFor();
	expect(await window.peopleOnline.count()).toBe(1);
});

test("the palette sends a message", async () => {
	const terminal = await scene.terminal();
	await window.run("Chat: Send Message…");
	await window.answer("from the palette");
	expect(await terminal.sees(/: from the palette$/)).toMatch(/from the palette/);
});

test("the input explains an invalid server address during typing", async () => {
	await window.run("Chat: Change Server…");
	const input = window.quickInput;
	await input.fill("ftp://localhost");
	await window.page
		.locator(".quick-input-widget")
		.getByText("must start with http:// or https://")
		.waitFor();
	await window.page.keyboard.press("Escape");
	await input.waitFor({ state: "hidden" });
	expect(await window.peopleOnline.count()).toBe(1);
});

test("changing the database opens another chat", async () => {
	await window.run("Chat: Change Server…");
	await window.answer(scene.server.url);
	await window.panel.locator("#app").waitFor();
	await window.answer("second-chat");
	await window.notices.filter({ hasText: "Connected to second-chat" }).waitFor();
	expect(await window.messages.count()).toBe(0);
});

test("the command Show Log opens the log", async () => {
	await window.run("Chat: Show Log");
	const output = window.page.locator(".part.panel");
	const shown = await until("the channel is chosen", async () => {
		const channels = await output.locator("option:checked").allInnerTexts();
		return channels.includes("SpacetimeDB Chat") && channels;
	});
	expect(shown).toContain("SpacetimeDB Chat");
});
