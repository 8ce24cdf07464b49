// `npm run test:soak`: runs the suites that cut, kill and crash, at their full size.

import { spawn } from "node:child_process";
import { CHECKOUT, ensureDependencies } from "./lib/dependencies.mjs";
import { fail } from "./lib/run.mjs";
import { prepare } from "./prepare.mjs";

try {
	await ensureDependencies();
	await prepare("server", "wasm");
	const soak = spawn(
		process.execPath,
		[
			"node_modules/vitest/vitest.mjs",
			...["run", "--project", "server", "--silent=false"],
			...["--maxWorkers", "2"],
			...["delivery", "deliveryPrivate", "crash", "leak"].map(
				(name) => `test/server/${name}.test.ts`,
			),
		],
		{
			cwd: CHECKOUT,
			stdio: "inherit",
			env: { ...process.env, SPACETIMEDB_CHAT_SOAK: "1" },
		},
	);
	soak.on("close", (code) => process.exit(code ?? 1));
} catch (error) {
	fail(error);
}
