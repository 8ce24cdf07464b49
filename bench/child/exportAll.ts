import { createWriteStream } from "node:fs";
import { stat } from "node:fs/promises";
import { once } from "node:events";
import { join } from "node:path";
import { finished } from "node:stream/promises";
import { removeTemporaryFolder, temporaryFolder } from "../../scripts/lib/processes.mjs";
import { ExportWriter, readAll } from "../../src/extension/chat/exportRoom";
import { TestWindow } from "../../test/support/testWindow";
import { memoryNow } from "./memory";
import type { Place } from "./openOurs";

export interface Exported {
	readonly ms: number;
	readonly messages: number;
	readonly bytes: number;
	/** The most that the process had more than before, looked at now and then. */
	readonly rssGrowthBytes: number;
}

/** The export as the command does it, but for the dialogue. */
export async function exportAll({ url, database }: Place): Promise<Exported> {
	const window = await TestWindow.online(url, database);
	const pages = window.session.backend?.pages;
	if (pages === undefined) {
		throw new Error("There is no connection.");
	}
	const before = await memoryNow();
	let peak = before.rssBytes;
	const look = setInterval(() => {
		peak = Math.max(peak, process.memoryUsage.rss());
	}, 50);
	const folder = temporaryFolder("spacetimedb-chat-bench-export");
	const path = join(folder, "export.json");
	const file = createWriteStream(path);
	const writer = new ExportWriter("json", {
		room: database,
		server: url,
		exportedAt: new Date(),
		nameOf: (sender) => sender.slice(0, 8),
	});
	const began = performance.now();
	let messages = 0;
	file.write(writer.begin());
	for await (const { rows } of readAll(pages)) {
		messages += rows.length;
		if (!file.write(writer.add(rows))) {
			await once(file, "drain");
		}
	}
	file.end(writer.end());
	await finished(file);
	const ms = performance.now() - began;
	clearInterval(look);
	const { size } = await stat(path);
	removeTemporaryFolder(folder);
	return { ms, messages, bytes: size, rssGrowthBytes: peak - before.rssBytes };
}
