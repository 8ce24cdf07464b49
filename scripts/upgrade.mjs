// `npm run upgrade -- --server URL --database NAME`: upgrades a quickstart database to a rooms database,
// with the module of `server/`. Asks first, since an upgrade can't be undone. Reads the token of the
// database's owner from the environment variable SPACETIMEDB_TOKEN.

import { createInterface } from "node:readline/promises";
import { parseArgs } from "node:util";
import {
	callReducer,
	databaseExists,
	identityOf,
	makeOwner,
	publish,
	sql,
} from "./lib/databases.mjs";
import { ensureDependencies } from "./lib/dependencies.mjs";
import { buildOwnModule } from "./lib/extension.mjs";
import { fail, MissingTool } from "./lib/run.mjs";

async function main() {
	const { values } = parseArgs({
		options: {
			server: { type: "string", default: "http://localhost:3000" },
			database: { type: "string", default: "quickstart-chat" },
			yes: { type: "boolean", default: false },
		},
	});
	const { server, database } = values;
	const token = process.env["SPACETIMEDB_TOKEN"] ?? "";
	const identity = identityOf(token);
	if (identity === undefined) {
		throw new MissingTool("Set SPACETIMEDB_TOKEN to the token of the database's owner.");
	}
	if (!(await databaseExists(server, database))) {
		throw new MissingTool(`There is no database ${database} at ${server}.`);
	}
	const before = (await sql(server, database, token, "SELECT text FROM message")).length;
	if (!values.yes && !(await agrees(server, database, before))) {
		console.log("Nothing was changed.");
		return;
	}
	await ensureDependencies();
	await publish(server, database, token, await buildOwnModule());
	await makeOwner(server, database, { identity, token });
	// Any call connects, and the first connection runs the module's upgrade.
	await callReducer(server, database, token, "announce", [""]);
	const posts = (await sql(server, database, token, "SELECT id FROM post")).length;
	console.log(`${database} is upgraded: ${posts} of ${before} messages are posts now.`);
}

/** @param {string} server @param {string} database @param {number} count */
async function agrees(server, database, count) {
	const prompt = createInterface({ input: process.stdin, output: process.stdout });
	console.log(
		`This upgrades ${database} at ${server}, which keeps its ${count} messages and all names. ` +
			"Quickstart clients still work. The upgrade can't be undone.",
	);
	const answer = await prompt.question(`Type the database's name to go on: `);
	prompt.close();
	return answer.trim() === database;
}

await main().catch(fail);
