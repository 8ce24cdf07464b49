// npm run generate: writes src/module_bindings from the module in server/.

import { copyFile, readdir, rm, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { createIdentity, publishNew, readSchema } from "./lib/databases.mjs";
import { CHECKOUT } from "./lib/dependencies.mjs";
import { buildOwnModule } from "./lib/extension.mjs";
import { removeTemporaryFolder, temporaryFolder } from "./lib/processes.mjs";
import { fail, run } from "./lib/run.mjs";
import { schemaText } from "./lib/schema.mjs";
import { ensureCli, startServer } from "./lib/spacetimedb.mjs";

const BINDINGS = join(CHECKOUT, "src", "module_bindings");
const DATABASE = "bindings";

/**
 * Returns the part of a schema that a client can use: no private table, and no timer, whose argument is a
 * row of a private table. The rest would double the generated code in the extension's bundle.
 * @param {any} schema as the server describes it
 */
function forClients(schema) {
	const isOpen = (/** @type {any} */ table) => "Public" in table.table_access;
	const hidden = new Set(
		schema.tables
			.filter((/** @type {any} */ table) => !isOpen(table))
			.map((/** @type {any} */ table) => table.product_type_ref),
	);
	const takesHidden = (/** @type {any} */ { params }) =>
		params.elements.some((/** @type {any} */ { algebraic_type: type }) => hidden.has(type.Ref));
	return {
		...schema,
		tables: schema.tables.filter(isOpen),
		types: schema.types.filter((/** @type {any} */ { ty }) => !hidden.has(ty)),
		reducers: schema.reducers.filter((/** @type {any} */ reducer) => !takesHidden(reducer)),
	};
}

/** @param {unknown} schema */
async function writeBindings(schema) {
	const draft = temporaryFolder("spacetimedb-chat-bindings");
	const definition = join(temporaryFolder("spacetimedb-chat-definition"), "module.json");
	await writeFile(definition, JSON.stringify({ V9: forClients(schema) }));
	const args = ["generate", "--lang", "typescript", "--module-def", definition];
	await run(await ensureCli(), [...args, "--out-dir", draft, "-y"], {
		label: "Generating the bindings",
	});
	const made = await readdir(draft);
	for (const name of await readdir(BINDINGS)) {
		// Files of earlier tables and reducers go; tsconfig.json stays.
		if (name.endsWith(".ts") && !made.includes(name)) {
			await rm(join(BINDINGS, name));
		}
	}
	for (const name of made) {
		await copyFile(join(draft, name), join(BINDINGS, name));
	}
	removeTemporaryFolder(draft);
	removeTemporaryFolder(dirname(definition));
	return made.length;
}

/** Returns the schema of a module, as a server describes it. @param {string} wasm @returns {Promise<unknown>} */
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
	const files = await writeBindings(schema);
	await writeFile(join(BINDINGS, "schema.json"), schemaText(schema));
	console.log(`src/module_bindings: ${files} files and schema.json`);
} catch (error) {
	fail(error);
}
