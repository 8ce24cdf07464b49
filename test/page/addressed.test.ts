import type { Browser } from "playwright-core";
import { afterAll, beforeAll, expect, test } from "vitest";
import { ALL_FEATURES, chat, ME, room, roomAt } from "../webview/support/facts";
import { PanelPage, startBrowser } from "./support/panelPage";

/*
 * A panel that VS Code opens again with a draft of a private room, while its host is busy.
 */

let browser: Browser;

beforeAll(async () => {
	browser = await startBrowser();
});
afterAll(() => browser.close());

const SECRET = { ...roomAt(2), createdMicros: 5 };
const AT = `${SECRET.database}/2@5`;
const DRAFT = "for the two of us alone";
const ROOMS = [
	room(1, "lobby"),
	room(2, "secret", { kind: "private", members: [ME], createdMicros: 5 }),
];

async function openBusy(): Promise<PanelPage> {
	const stored = { at: AT, drafts: [{ at: AT, text: DRAFT }] };
	const panel = await PanelPage.open(browser, { stored });
	const box = panel.page.locator(".composer textarea");
	await box.waitFor();
	await box.press("Enter");
	await panel.page.getByRole("button", { name: "Send" }).click({ force: true });
	return panel;
}

test("Enter and Send before the first snapshot send nothing, and the draft stays", async () => {
	const panel = await openBusy();
	await panel.tell({
		type: "snapshot",
		chat: chat({ rooms: ROOMS, features: ALL_FEATURES, openRoom: SECRET }),
	});
	const box = panel.page.locator(".composer textarea");
	const kept = [panel.wished("send", "setName", "edit", "typing"), await box.inputValue()];
	await box.press("Enter");
	await panel.untilWished("send");
	expect([kept, panel.wished("send"), panel.errors]).toMatchObject([
		[[], DRAFT],
		[{ target: SECRET, text: DRAFT }],
		[],
	]);
});

test("a draft of a private room does not appear in the lobby that opens in its place", async () => {
	const panel = await openBusy();
	await panel.tell({
		type: "snapshot",
		chat: chat({ rooms: ROOMS, features: ALL_FEATURES, openRoom: roomAt(1) }),
	});
	const box = panel.page.locator(".composer textarea");
	await box.press("Enter");
	await panel.drawn();
	expect([panel.wished("send"), await box.inputValue(), panel.errors]).toEqual([[], "", []]);
});
