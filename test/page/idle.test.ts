import type { Browser } from "playwright-core";
import { afterAll, beforeAll, expect, test } from "vitest";
import type { ChatSnapshot } from "../../src/shared/chat";
import { until } from "../support/until";
import { PanelPage, startBrowser } from "./support/panelPage";
import { type RunningWork, runningWork } from "./support/runningWork";
import { ADA, GRACE, talk } from "./support/talk";

/** Longer than any pause of the view's. */
const OBSERVED_MS = 3_000;

let browser: Browser;

beforeAll(async () => {
	browser = await startBrowser();
});
afterAll(() => browser.close());

const NOTHING: RunningWork = { pending: 0, animations: 0, asked: 0 };

const STATES: Readonly<Record<string, Partial<ChatSnapshot>>> = {
	"a talk": {},
	"a talk in which others write": { typing: [ADA, GRACE] },
	"an empty room": { entries: [] },
	"a chat that was disconnected": { connection: { kind: "disconnected" } },
};

test.each(Object.entries(STATES))(
	"S8: %s that nobody touches runs no timer, no frame and no animation",
	async (_name, part) => {
		const panel = await PanelPage.open(browser, { isWorkCounted: true });
		await panel.tell({ type: "snapshot", chat: talk(part) });
		const before = await until("the view has settled", async () => {
			const work = await runningWork(panel.page);
			return work.pending === 0 && work;
		});
		await panel.page.waitForTimeout(OBSERVED_MS);
		const after = await runningWork(panel.page);
		await panel.page.close();
		expect({ ...after, asked: after.asked - before.asked }).toEqual(NOTHING);
	},
);

test("the count sees what runs: a countdown to the next try has a timer", async () => {
	const panel = await PanelPage.open(browser, { isWorkCounted: true });
	const reason = { code: "unreachable" as const, sentence: "The server does not answer." };
	await panel.tell({
		type: "snapshot",
		chat: talk({
			connection: { kind: "waiting", attempt: 1, retryAtMs: Date.now() + 60_000, reason },
		}),
	});
	// Beside it one that gathers what is announced, for a moment.
	await until("the view has settled", async () => (await runningWork(panel.page)).pending < 2);
	const { pending } = await runningWork(panel.page);
	await panel.page.close();
	expect(pending).toBe(1);
});
