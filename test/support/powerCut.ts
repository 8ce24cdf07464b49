import { readdir, readFile, truncate } from "node:fs/promises";
import { join } from "node:path";

/**
 * Turns a killed server into one without power. A kill keeps the writes that the system has not synced
 * yet, a power cut loses them (server 1.3.0 syncs every half second). The database's log is cut in the
 * middle of `text`, so that this commit and all later ones are lost. A commit that a busy server had not
 * written yet is in no log; the kill has lost it already.
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
