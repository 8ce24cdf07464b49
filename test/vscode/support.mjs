// The common parts of both ways to run the extension host's suite.

import { mkdir } from "node:fs/promises";
import { dirname, join } from "node:path";
import { createIdentity, publish } from "../../scripts/lib/databases.mjs";
import { CHECKOUT } from "../../scripts/lib/dependencies.mjs";
import { buildOwnModule } from "../../scripts/lib/extension.mjs";
import { startServer } from "../../scripts/lib/spacetimedb.mjs";

/** Environment variable with the path that the suite writes its totals to. */
export const REPORT = "SPACETIMEDB_CHAT_HOST_REPORT";

/** The bundled suite; mocha stays outside, in the checkout's own dependencies. */
export const SUITE = join(CHECKOUT, "out", "host", "index.js");

export async function bundleSuite() {
	const { build } = await import("esbuild");
	await mkdir(dirname(SUITE), { recursive: true });
	await mkdir(join(CHECKOUT, "out", "reports"), { recursive: true });
	await build({
		entryPoints: [join(CHECKOUT, "test", "vscode", "index.ts")],
		outfile: SUITE,
		bundle: true,
		platform: "node",
		format: "cjs",
		target: "node20",
		external: ["vscode", "mocha"],
		logLevel: "warning",
	});
}

/**
 * A real server with the chat, for as long as `act` takes.
 * @param {(settings: Record<string, unknown>) => Promise<void>} act gets the settings that lead there
 */
export async function withChat(act) {
	const server = await startServer();
	try {
		const owner = await createIdentity(server.url);
		await publish(server.url, "quickstart-chat", owner.token, await buildOwnModule());
		await act({
			"spacetimedbChat.server": server.url,
			"spacetimedbChat.connectOnStartup": "never",
			// Nobody types in that window; its timers are counted.
			"spacetimedbChat.awayAfterMinutes": 0,
		});
	} finally {
		await server.stop();
	}
}
