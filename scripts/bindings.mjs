// npm run generate: writes src/module_bindings from the module in server/.

import { copyFile, readdir, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { createIdentity, publishNew, readSchema } from "./lib/databases.mjs";
import { CHECKOUT } from "./lib/dependencies.mjs";
import { buildOwnModule } from "./lib/extension.mjs";
import { removeTemporaryFolder, temporaryFolder } from "./lib/processes.mjs";
import { fail, run } from "./lib/run.mjs";
import { schemaText } from "./lib/schema.mjs";
import { ensureCli, startServer } from "./lib/spacetimedb.mjs";

const BINDINGS = join(CHECKOUT, "src", "module_bindings");
const DATABASE = "bindings";

/** @param {string} wasm */
async function writeBindings(wasm) {
	const draft = temporaryFolder("spacetimedb-chat-bindings");
	const args = ["generate", "--lang", "typescript", "--bin-path", wasm, "--out-dir", draft, "-y"];
	await run(await ensureCli(), args, { label: "Generating the bindings" });
	const made = await readdir(draft);
	for (const name of await readdir(BINDINGS)) {
		// What the module no longer has goes; tsconfig.json stays.
		if (name.endsWith(".ts") && !made.includes(name)) {
			await rm(join(BINDINGS, name));
		}
	}
	for (const name of made) {
		await copyFile(join(draft, name), join(BINDINGS, name));
	}
	removeTemporaryFolder(draft);
	return made.length;
}

/** @param {string} wasm */
async function writeSchema(wasm) {
	const server = await startServer({ inMemory: true });
	try {
		const { token } = await createIdentity(server.url);
		await publishNew(server.url, DATABASE, token, wasm);
		const schema = await readSchema(server.url, DATABASE);
		await writeFile(join(BINDINGS, "schema.json"), schemaText(schema));
	} finally {
		await server.stop();
	}
}

try {
	const wasm = await buildOwnModule();
	const files = await writeBindings(wasm);
	await writeSchema(wasm);
	console.log(`src/module_bindings: ${files} files and schema.json`);
} catch (error) {
	fail(error);
}
