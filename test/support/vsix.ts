import { existsSync } from "node:fs";
import { fileURLToPath } from "node:url";
import manifest from "../../package.json";

/** The package that `npm test` has just built. */
export function builtVsix(): string {
	const path = fileURLToPath(
		new URL(`../../${manifest.name}-${manifest.version}.vsix`, import.meta.url),
	);
	if (!existsSync(path)) {
		throw new Error("There is no package to test; run npm run package first.");
	}
	return path;
}
