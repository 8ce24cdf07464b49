import { afterAll, beforeAll, expect, test } from "vitest";
import type { Workbench, WorkbenchWindow } from "../../scripts/lib/workbench.mjs";
import { Scene } from "../support/scene";
import { until } from "../support/until";

/** VS Code takes a person for idle after a minute and a half; the setting adds three seconds. */
const AWAY_LIMIT_MS = 180_000;
const AWAY_AFTER_MINUTES = 0.05;

let scene: Scene;
let ada: WorkbenchWindow;
let grace: WorkbenchWindow;
let gracesMachine: Workbench;

beforeAll(async () => {
	scene = await Scene.set("newest");
	ada = await scene.window();
	gracesMachine = await scene.stranger("newest", {
		"spacetimedbChat.awayAfterMinutes": AWAY_AFTER_MINUTES,
	});
	grace = await gracesMachine.open();
	await grace.openPanel();
	await ada.peopleOnline.waitFor();
	await grace.peopleOnline.waitFor();
	await ada.say("/name Ada");
	await grace.say("/name Grace");
	await ada.notices.filter({ hasText: "is now Grace" }).waitFor();
});
afterAll(async () => {
	await scene.strike();
});

/**
 * Looks at another page, as a person does who leaves the window; gives the way back. A page behind
 * another draws nothing, so what was told meanwhile is seen on coming back.
 */
async function lookElsewhere({ page }: WorkbenchWindow): Promise<() => Promise<void>> {
	// From the code beside the chat: a page is not told that it lost the focus while a frame in it had it.
	await page.locator(".monaco-editor .view-lines").first().click();
	const devtools = await page.context().newCDPSession(page);
	// Pages under test otherwise all believe that they have the focus.
	await devtools.send("Emulation.setFocusEmulationEnabled", { enabled: false });
	const elsewhere = await page.context().newPage();
	await elsewhere.bringToFront();
	// A page behind another is slow to notice.
	await until("the workbench knows", () =>
		page.evaluate(() => document.querySelector(".part.titlebar.inactive") !== null),
	);
	return async () => {
		await elsewhere.close();
		await page.bringToFront();
		await devtools.send("Emulation.setFocusEmulationEnabled", { enabled: true });
	};
}

/**
 * Leaves the window, and waits until its extension host knows. What the workbench told the host comes in
 * order, and a sign of typing takes that way too: `other` sees it in the same room.
 */
async function leave(
	window: WorkbenchWindow,
	other: WorkbenchWindow,
): Promise<() => Promise<void>> {
	const typing = other.panel.locator(".typing").filter({ hasText: "is typing" });
	const type = async (text: string): Promise<void> => {
		// Not as a person types: that would give the panel the focus.
		await window.composer.evaluate((box: HTMLTextAreaElement, value) => {
			box.value = value;
			box.dispatchEvent(new Event("input", { bubbles: true, composed: true }));
		}, text);
	};
	await until("nobody types", async () => (await typing.count()) === 0);
	const back = await lookElsewhere(window);
	await until("the host knows", async () => {
		await type("on its way");
		return (await typing.count()) > 0;
	});
	await type("");
	return back;
}

/** Comes to the panel from the code, as a person does who begins to write. */
async function attend({ page, composer }: WorkbenchWindow): Promise<void> {
	await page.locator(".monaco-editor .view-lines").first().click();
	await composer.click();
}

/** What the chat's notifications on the screen say; a new VS Code may have news of its own. */
function toasts({ page }: WorkbenchWindow) {
	return page
		.locator('.notification-toast [role="dialog"][aria-label*="source: SpacetimeDB Chat"]')
		.locator(".notification-list-item-message");
}

async function enter(window: WorkbenchWindow, room: string): Promise<void> {
	await window.run("Chat: Switch Room");
	// By its name, which is its first line: the last line said in another room may have the same words.
	await window.page
		.locator(".quick-input-list .monaco-list-row")
		.filter({
			has: window.page
				.locator(".quick-input-list-row:first-child .label-name")
				.filter({ hasText: room }),
		})
		.first()
		.click();
	await window.panel.getByRole("heading", { level: 1 }).filter({ hasText: room }).waitFor();
}

/** Waits until the mark of the panel says that there is something for this person. */
async function isCounted(window: WorkbenchWindow): Promise<void> {
	await until("it is counted", async () =>
		(await window.activity.getAttribute("aria-label"))?.includes("unread"),
	);
}

async function isRead(window: WorkbenchWindow): Promise<void> {
	await until(
		"it is read",
		async () => !((await window.activity.getAttribute("aria-label"))?.includes("unread") ?? false),
	);
}

async function hears(window: WorkbenchWindow, text: string): Promise<void> {
	await window.messages.filter({ hasText: text }).first().waitFor();
}

test("whoever comes back by the panel itself is there, though the workbench is not told so", async () => {
	const back = await lookElsewhere(grace);
	await grace.composer.fill("here again");
	await ada.say("@Grace seen in the panel");
	await hears(grace, "seen in the panel");
	await isRead(grace);
	await back();
	await grace.composer.fill("");
});

test("a mention is told while the window has no focus, and not while it has", async () => {
	await attend(grace);
	await ada.say("@Grace seen at once");
	await hears(grace, "seen at once");
	// Else it is this mention that is counted below, before the other one has come.
	await isRead(grace);
	const back = await leave(grace, ada);
	await ada.say("not for anybody");
	await ada.say("@Grace come and see");
	await isCounted(grace);
	await back();
	await toasts(grace).first().waitFor();
	const told = await toasts(grace).allInnerTexts();
	expect(told).toEqual(["Ada in #lobby: @Grace come and see"]);
});

test("a direct message is told, a muted room is not, and Open goes there", async () => {
	await isRead(grace);
	await grace.run("Notifications: Clear All Notifications");
	await toasts(grace).first().waitFor({ state: "detached" });
	await grace.panel.getByRole("button", { name: "Actions for #lobby" }).first().click();
	await grace.panel.getByRole("menuitem", { name: "Mute" }).click();
	const back = await leave(grace, ada);
	await ada.run("Chat: Message Someone");
	await ada.page
		.locator(".quick-input-list .monaco-list-row")
		.filter({ hasText: "Grace" })
		.first()
		.click();
	await ada.panel.getByRole("heading", { level: 1 }).filter({ hasText: "Grace" }).waitFor();
	await ada.say("between us");
	await isCounted(grace);
	await enter(ada, "lobby");
	await ada.say("@Grace nobody tells you this");
	await hears(ada, "nobody tells you this");
	await back();
	await hears(grace, "nobody tells you this");
	await toasts(grace).first().waitFor();
	const told = await toasts(grace).allInnerTexts();
	await grace.page
		.locator(".notification-toast")
		.getByRole("button", { name: "Open", exact: true })
		.click();
	await grace.panel.getByRole("heading", { level: 1 }).filter({ hasText: "Ada" }).waitFor();
	await hears(grace, "between us");
	expect(told).toEqual(["Ada: between us"]);
});

test("nothing is told to whoever wants nothing to be told", async () => {
	gracesMachine.code.setSettings({
		"spacetimedbChat.server": scene.server.url,
		"spacetimedbChat.notifications": "never",
		"spacetimedbChat.awayAfterMinutes": AWAY_AFTER_MINUTES,
	});
	await grace.reload();
	await grace.openPanel();
	await hears(grace, "between us");
	await enter(ada, "Grace");
	await isRead(grace);
	const back = await lookElsewhere(grace);
	await ada.say("quietly");
	await isCounted(grace);
	await back();
	await hears(grace, "quietly");
	const told = await toasts(grace).count();
	expect(told).toBe(0);
});

test("who does nothing is away for all, and available with the first move", async () => {
	await enter(ada, "lobby");
	const people = await ada.showPeople();
	const row = people.getByRole("listitem").filter({ hasText: "Grace" });
	await row.waitFor();
	const back = await lookElsewhere(grace);
	await until("Grace is away", async () => /Away/.test(await shown(row)), AWAY_LIMIT_MS);
	await back();
	await grace.page.mouse.click(700, 400);
	await grace.page.keyboard.press("Shift");
	await until("Grace is back", async () => !/Away/.test(await shown(row)));
	expect(await shown(row)).toContain("Grace");
});

/** A row with what it says to a screen reader. */
async function shown(row: ReturnType<WorkbenchWindow["panel"]["locator"]>): Promise<string> {
	return row.evaluate((node) => node.outerHTML);
}
