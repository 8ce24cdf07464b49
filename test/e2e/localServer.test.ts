import { chmod, mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { databaseExists, ping } from "../../scripts/lib/databases.mjs";
import { freePort, temporaryFolder } from "../../scripts/lib/processes.mjs";
import { findServer } from "../../scripts/lib/spacetimedb.mjs";
import type { WorkbenchWindow } from "../../scripts/lib/workbench.mjs";
import { Workbench } from "../../scripts/lib/workbench.mjs";
import { until } from "../support/until";
import { builtVsix } from "../support/vsix";

let workbench: Workbench;
let window: WorkbenchWindow;
let url: string;

/** A `spacetime` command: the official one, or the plain server with the same arguments. */
async function spacetimeCommand(): Promise<string> {
	const { command, kind } = await findServer();
	const folder = temporaryFolder("spacetimedb-chat-command");
	const data = join(folder, "data");
	await mkdir(data);
	const keys = `--jwt-pub-key-path "${data}/id.pub" --jwt-priv-key-path "${data}/id"`;
	const path = join(folder, "spacetime");
	await writeFile(
		path,
		`#!/bin/sh\nexec "${command}" "$@" --data-dir "${data}" ${kind === "standalone" ? keys : ""}\n`,
	);
	await chmod(path, 0o755);
	return path;
}

beforeAll(async () => {
	url = `http://localhost:${await freePort()}`;
	workbench = await Workbench.start({
		which: "newest",
		vsix: builtVsix(),
		settings: {
			"spacetimedbChat.server": url,
			"spacetimedbChat.spacetimePath": await spacetimeCommand(),
		},
	});
	window = await workbench.open();
	await window.openPanel();
});
afterAll(async () => {
	await workbench.stop();
});

test("without a server, the panel shows the reason and the remedy", async () => {
	await window.panel.getByText(`No chat server at localhost:${new URL(url).port}`).waitFor();
	const offered = await Promise.all(
		["Start a Local Server", "Change Server…", "Try Again"].map((name) =>
			window.panel.getByRole("button", { name }).count(),
		),
	);
	expect(offered).toEqual([1, 1, 1]);
});

test("Start a Local Server starts a server in a terminal, creates the chat and connects", async () => {
	await window.panel.getByRole("button", { name: "Start a Local Server" }).click();
	await window.peopleOnline.waitFor({ timeout: 60_000 });
	const terminal = window.page.locator(".terminal-wrapper");
	await terminal.first().waitFor();
	await window.say("the first message");
	await window.log.locator('[data-state="sent"]', { hasText: "the first message" }).waitFor();
	expect(await databaseExists(url, "quickstart-chat")).toBe(true);
});

test("the command changes nothing on a running server", async () => {
	await window.run("Chat: Start Local Server");
	await window.peopleOnline.waitFor();
	expect(await window.messages.filter({ hasText: "the first message" }).count()).toBe(1);
});

test("closing the terminal stops the server", async () => {
	await window.run("Terminal: Kill All Terminals");
	const isDown = await until("the server is down", async () => !(await ping(url)));
	await window.panel.getByRole("button", { name: "Reconnect" }).waitFor();
	expect(isDown).toBe(true);
});
