import { defineConfig } from "vitest/config";

export default defineConfig({
	test: {
		projects: [
			{
				test: { name: "unit", include: ["test/unit/**/*.test.ts"], environment: "node" },
			},
			{
				test: { name: "webview", include: ["test/webview/**/*.test.ts"], environment: "happy-dom" },
			},
			{
				// One real server a file; two files at a time would fight over two cores.
				test: {
					name: "server",
					include: ["test/server/**/*.test.ts"],
					testTimeout: 60_000,
					hookTimeout: 120_000,
					fileParallelism: false,
				},
			},
			{
				test: { name: "package", include: ["test/package/**/*.test.ts"], testTimeout: 60_000 },
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
		],
	},
});
