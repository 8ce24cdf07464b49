import { writeFileSync } from "node:fs";
import Mocha from "mocha";
import { defineSuite } from "./suite/extension";

/**
 * VS Code runs this inside its extension host. The totals go to the file that the environment names,
 * in the form that `scripts/test.mjs` reads.
 */
export async function run(): Promise<void> {
	const mocha = new Mocha({ ui: "bdd", timeout: 30_000 });
	mocha.suite.emit("pre-require", globalThis, "", mocha);
	defineSuite();
	const lines: string[] = [];
	const failures = await new Promise<number>((done) => {
		const runner = mocha.run(done);
		runner.on("pass", (test) => lines.push(` ✓ ${test.fullTitle()}`));
		runner.on("fail", (test, error: Error) =>
			lines.push(` ✗ ${test.fullTitle()}\n${error.stack ?? error.message}`),
		);
		runner.on("end", () => {
			const { passes = 0, failures: failed = 0, pending = 0 } = runner.stats ?? {};
			const path = process.env["SPACETIMEDB_CHAT_HOST_REPORT"];
			if (path !== undefined) {
				writeFileSync(
					path,
					JSON.stringify({
						numPassedTests: passes,
						numFailedTests: failed,
						numPendingTests: pending,
						numTodoTests: 0,
						lines,
					}),
				);
			}
		});
	});
	if (failures > 0) {
		throw new Error(`${failures} tests failed`);
	}
}
