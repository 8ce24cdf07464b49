// npm run package: makes the .vsix file.

import { ensureDependencies } from "./lib/dependencies.mjs";
import { packageExtension } from "./lib/extension.mjs";
import { fail } from "./lib/run.mjs";

try {
	await ensureDependencies();
	console.log(await packageExtension());
} catch (error) {
	fail(error);
}
