import { fileURLToPath } from "node:url";
import { defineConfig } from "vitest/config";

/** The host's files import `vscode`, which exists inside an extension host only. */
const resolve = {
	alias: { vscode: fileURLToPath(new URL("test/support/vscodeStub.ts", import.meta.url)) },
};

/** Prints a difference whole, since the end of a log may be all that is kept. */
const chaiConfig = { truncateThreshold: 0 };

export default defineConfig({
	test: {
		// The SDK and the tutorial's client talk to the console about everything.
		onConsoleLog: (log) => !/SpacetimeDB WS|deserialize reducer/.test(log),
		projects: [
			{
				resolve,
				test: {
					name: "unit",
					include: ["test/unit/**/*.test.ts"],
					environment: "node",
					// The tests count steps and drive the clock; a busy machine is no failure.
					testTimeout: 60_000,
				},
			},
			{
				test: {
					name: "webview",
					include: ["test/webview/**/*.test.ts"],
					environment: "happy-dom",
					testTimeout: 60_000,
					setupFiles: ["test/webview/support/timers.ts"],
				},
			},
			{
				// The view as it is shipped, in a real browser engine, with a host that the test plays.
				test: {
					name: "page",
					include: ["test/page/**/*.test.ts"],
					globalSetup: ["test/page/support/setup.ts"],
					environment: "node",
					testTimeout: 60_000,
					hookTimeout: 300_000,
				},
			},
			{
				resolve,
				// One real server a file; most of their time is waiting for graces and time-outs.
				test: {
					name: "server",
					include: ["test/server/**/*.test.ts"],
					testTimeout: 60_000,
					hookTimeout: 120_000,
				},
			},
			{
				test: { name: "contents", include: ["test/contents/**/*.test.ts"], testTimeout: 60_000 },
			},
			{
				test: {
					name: "e2e",
					include: ["test/e2e/**/*.test.ts"],
					testTimeout: 180_000,
					hookTimeout: 300_000,
					fileParallelism: false,
				},
			},
			{
				test: {
					name: "smoke",
					include: ["test/smoke/**/*.test.ts"],
					testTimeout: 180_000,
					hookTimeout: 300_000,
					fileParallelism: false,
				},
			},
		].map((project) => ({ ...project, test: { ...project.test, chaiConfig } })),
	},
});
