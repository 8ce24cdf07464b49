import { spawn } from "node:child_process";
import { once } from "node:events";
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, expect, test } from "vitest";
import { readSchema, sql } from "../../scripts/lib/databases.mjs";
import { startServer } from "../../scripts/lib/spacetimedb.mjs";
import type { Server } from "../support/chatServer";
import { publishAs } from "../support/chatServer";
import { TerminalClient } from "../support/terminalClient";
import { until } from "../support/until";

const ROOT = fileURLToPath(new URL("../..", import.meta.url));
const DATABASE = "to-upgrade";

let server: Server;
let owner: { readonly identity: string; readonly token: string };

beforeAll(async () => {
	server = await startServer();
	owner = await publishAs(server, DATABASE, "stock");
	const person = await TerminalClient.connect(server.url, DATABASE);
	person.say("said before");
	await until("it is there", () => person.messages().length === 1);
	person.leave();
});
afterAll(async () => {
	await server.stop();
});

async function upgrade(answer: string, token: string) {
	const command = spawn(
		process.execPath,
		["scripts/upgrade.mjs", "--server", server.url, "--database", DATABASE],
		{ cwd: ROOT, env: { ...process.env, SPACETIMEDB_TOKEN: token } },
	);
	let said = "";
	command.stdout.on("data", (chunk: Buffer) => (said += chunk.toString()));
	command.stderr.on("data", (chunk: Buffer) => (said += chunk.toString()));
	command.stdin.end(`${answer}\n`);
	const [code] = (await once(command, "exit")) as [number];
	return { code, said };
}

test("without the owner's token, the upgrade names the missing variable", async () => {
	expect(await upgrade(DATABASE, "")).toMatchObject({
		code: 1,
		said: "Set SPACETIMEDB_TOKEN to the token of the database's owner.\n",
	});
});

test("an answer other than the database's name changes nothing", async () => {
	const before = await readSchema(server.url, DATABASE);
	const { said } = await upgrade("yes", owner.token);
	expect([said.includes("can't be undone"), await readSchema(server.url, DATABASE)]).toEqual([
		true,
		before,
	]);
});

test("the database's name starts the upgrade, which keeps all messages and makes the publisher an owner", async () => {
	const { said } = await upgrade(DATABASE, owner.token);
	const roles = await sql(server.url, DATABASE, owner.token, "SELECT rank FROM role");
	const posts = await sql(server.url, DATABASE, owner.token, "SELECT text FROM post");
	expect([said.includes("1 of 1 messages are posts now"), roles, posts]).toEqual([
		true,
		[[2]],
		[["said before"]],
	]);
});
