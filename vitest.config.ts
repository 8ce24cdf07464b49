import { fileURLToPath } from "node:url";
import { defineConfig } from "vitest/config";
import { VIEW_STAND_INS } from "./scripts/lib/bundles.mjs";

/** The host's files import `vscode`, which exists inside an extension host only. */
const resolve = {
	alias: { vscode: fileURLToPath(new URL("test/support/vscodeStub.ts", import.meta.url)) },
};

/** Prints a difference whole, since the end of a log may be all that is kept. */
const chaiConfig = { truncateThreshold: 0 };

/** A test that only computes counts its runs: it has no other limit than that it is stuck. */
const STUCK_MS = 60_000;

/** A poll ends when its event comes: a busy machine may need longer for it than vitest's one second. */
const polling = { poll: { timeout: 15_000 } };

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
				},
			},
			{
				// As in the view's bundle; markdown-it has to pass through vite for it.
				resolve: { alias: VIEW_STAND_INS },
				test: {
					name: "webview",
					server: { deps: { inline: [/markdown-it/] } },
					include: ["test/webview/**/*.test.ts"],
					environment: "happy-dom",
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
				// One real server a file; most of their time is waiting for graces and time-outs. A hook may
				// have to compile a module, a test waits for what the server does and has no clock.
				test: {
					name: "server",
					include: ["test/server/**/*.test.ts"],
					testTimeout: 180_000,
					hookTimeout: 300_000,
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
		].map((project) => ({
			...project,
			test: {
				testTimeout: STUCK_MS,
				...project.test,
				chaiConfig,
				expect: polling,
			},
		})),
	},
});
