import { afterAll, beforeAll, expect, test } from "vitest";
import type { Workbench } from "../../scripts/lib/workbench.mjs";
import { startServer } from "../../scripts/lib/spacetimedb.mjs";
import { publishAs, type Server } from "./chatServer";
import { pseudo, PSEUDO_LANGUAGE } from "./pseudo";
import { startPseudoWorkbench } from "./pseudoWorkbench";

/** The extension is activated, connects and loads the chat within this time, or never. */
const CONNECT_TIMEOUT_MS = 60_000;

/** Tests the packaged extension in a display language other than English. */
export function testLanguage(which: "oldest" | "newest"): void {
	let server: Server;
	let workbench: Workbench;

	beforeAll(async () => {
		server = await startServer({ keepData: true });
		await publishAs(server, "quickstart-chat", "ours");
		workbench = await startPseudoWorkbench(which, { "spacetimedbChat.server": server.url });
	});
	afterAll(async () => {
		await workbench.stop();
		await server.stop();
	});

	test("panel, palette and status bar speak the display language", async () => {
		const window = await workbench.open();
		await window.openPanel();
		const box = window.panel.locator(".composer textarea");
		const count = pseudo("{0} person online").replace("{0}", "1");
		await window.page.getByRole("button", { name: count }).waitFor({ timeout: CONNECT_TIMEOUT_MS });
		await window.page.keyboard.press("F1");
		await window.quickInput.fill(`>${pseudo("Copy My Identity")}`);
		const row = window.page.locator(".quick-input-list .monaco-list-row");
		await row.filter({ hasText: pseudo("Copy My Identity") }).waitFor();
		expect({
			box: await box.getAttribute("aria-label"),
			language: await window.panel.locator("html").getAttribute("lang"),
			command: await row.locator(".label-name").first().innerText(),
		}).toEqual({
			box: pseudo("Message"),
			language: PSEUDO_LANGUAGE,
			command: `${pseudo("Chat")}: ${pseudo("Copy My Identity")}`,
		});
	});
}
