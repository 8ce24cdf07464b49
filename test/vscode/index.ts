import { writeFileSync } from "node:fs";
import Mocha from "mocha";
import { defineSuite } from "./suite/extension";

/**
 * VS Code runs this inside its extension host. The totals go to the file that the environment names,
 * in the form that `scripts/lib/reports.mjs` reads.
 */
export async function run(): Promise<void> {
	const mocha = new Mocha({ ui: "bdd", timeout: 120_000 });
	mocha.suite.emit("pre-require", globalThis, "", mocha);
	defineSuite();
	const lines: string[] = [];
	const failed: { status: string; fullName: string; failureMessages: string[] }[] = [];
	const count = await new Promise<number>((done) => {
		const runner = mocha.run(done);
		runner.on("pass", (test) => lines.push(` ✓ ${test.fullTitle()}`));
		runner.on("fail", (test, error: Error) => {
			const message = error.stack ?? error.message;
			lines.push(` ✗ ${test.fullTitle()}\n${message}`);
			failed.push({ status: "failed", fullName: test.fullTitle(), failureMessages: [message] });
		});
		runner.on("end", () => {
			const { passes = 0, failures = 0, pending = 0 } = runner.stats ?? {};
			const path = process.env["SPACETIMEDB_CHAT_HOST_REPORT"];
			if (path !== undefined) {
				writeFileSync(
					path,
					JSON.stringify({
						numPassedTests: passes,
						numFailedTests: failures,
						numPendingTests: pending,
						numTodoTests: 0,
						testResults: [{ status: "", name: "", message: "", assertionResults: failed }],
						lines,
					}),
				);
			}
		});
	});
	if (count > 0) {
		throw new Error(`${count} tests failed`);
	}
}
