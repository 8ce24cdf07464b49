import { constants } from "node:fs";
import { access, stat } from "node:fs/promises";
import { delimiter, join } from "node:path";

/**
 * The `spacetime` command: the configured one, else the first on PATH; `undefined` if there is none.
 *
 * @param configured a path, or empty
 * @param environment where PATH is looked up
 */
export async function findSpacetime(
	configured: string,
	environment: NodeJS.ProcessEnv,
): Promise<string | undefined> {
	const name = process.platform === "win32" ? "spacetime.exe" : "spacetime";
	const candidates =
		configured === ""
			? (environment["PATH"] ?? "")
					.split(delimiter)
					.filter((folder) => folder !== "")
					.map((folder) => join(folder, name))
			: [configured];
	for (const candidate of candidates) {
		if (await isProgram(candidate)) {
			return candidate;
		}
	}
	return undefined;
}

async function isProgram(path: string): Promise<boolean> {
	try {
		await access(path, constants.X_OK);
		return (await stat(path)).isFile();
	} catch {
		return false;
	}
}
