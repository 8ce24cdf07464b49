import { readdir, readFile, truncate } from "node:fs/promises";
import { join } from "node:path";

/**
 * Makes of a killed server one whose power went: a kill leaves what the system has not written to the
 * disk yet, a power cut does not (server 1.3.0 syncs every half second). The log of the database that
 * holds `text` ends in the middle of it, so that this commit and all later ones are forgotten. A commit
 * that a busy server had not handed to the system yet is in no log: the kill has forgotten it already.
 */
export async function cutPower(dataDir: string, text: string): Promise<void> {
	const names = await readdir(dataDir, { recursive: true });
	for (const name of names.filter((found) => found.endsWith(".stdb.log"))) {
		const path = join(dataDir, name);
		const at = (await readFile(path)).indexOf(text);
		if (at >= 0) {
			await truncate(path, at + 3);
			return;
		}
	}
}
