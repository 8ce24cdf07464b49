// npm run generate: writes src/module_bindings from the module in server/.

import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { clientSchemaText, readConstantFiles } from "./lib/clientSchema.mjs";
import { createIdentity, publishNew, readSchema } from "./lib/databases.mjs";
import { CHECKOUT } from "./lib/dependencies.mjs";
import { buildOwnModule } from "./lib/extension.mjs";
import { fail } from "./lib/run.mjs";
import { schemaText } from "./lib/schema.mjs";
import { startServer } from "./lib/spacetimedb.mjs";

const BINDINGS = join(CHECKOUT, "src", "module_bindings");
const DATABASE = "bindings";

/** Returns the schema of a module as a server reports it. @param {string} wasm @returns {Promise<unknown>} */
async function schemaOf(wasm) {
	const server = await startServer({ inMemory: true });
	try {
		const { token } = await createIdentity(server.url);
		await publishNew(server.url, DATABASE, token, wasm);
		return await readSchema(server.url, DATABASE);
	} finally {
		await server.stop();
	}
}

try {
	const schema = await schemaOf(await buildOwnModule());
	const client = clientSchemaText(schema, await readConstantFiles());
	await writeFile(join(BINDINGS, "schema.json"), schemaText(schema));
	await writeFile(join(BINDINGS, "client.generated.ts"), client);
	console.log("src/module_bindings: schema.json and client.generated.ts");
} catch (error) {
	fail(error);
}
