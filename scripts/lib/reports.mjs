// What a suite wrote about itself, in vitest's form.

import { readFile } from "node:fs/promises";

/** @typedef {{ passed: number, failed: number, skipped: number }} Totals */
/** @typedef {{ totals: Totals, failures: string[] }} Report `failures`: each test's name and first word */

/** @param {{ fullName: string, failureMessages: string[] }} test */
function sentence({ fullName, failureMessages }) {
	const [first = ""] = (failureMessages[0] ?? "").split("\n");
	return first === "" ? fullName : `${fullName}: ${first}`;
}

/**
 * A suite can fail without a failed test: a hook, an unhandled rejection, no test at all.
 * @param {number} code that it ended with @param {Totals} counted @returns {Totals}
 */
export function wholeTotals(code, { passed, failed, skipped }) {
	const isWhole = code === 0 && passed > 0;
	return { passed, failed: isWhole ? failed : Math.max(failed, 1), skipped };
}

/** @param {string} path @param {number} code that the suite ended with @returns {Promise<Report>} */
export async function readReport(path, code) {
	try {
		const report = JSON.parse(await readFile(path, "utf8"));
		const passed = Number(report.numPassedTests);
		const failed = Number(report.numFailedTests);
		const skipped = Number(report.numPendingTests) + Number(report.numTodoTests);
		/** @type {{ status: string, name: string, message: string, assertionResults: { status: string, fullName: string, failureMessages: string[] }[] }[]} */
		const files = report.testResults;
		const failures = files.flatMap(({ status, name, message, assertionResults }) => {
			const tests = assertionResults.filter((test) => test.status === "failed").map(sentence);
			// A hook or a file that can't be read fails without a test.
			return tests.length === 0 && status === "failed"
				? [sentence({ fullName: name, failureMessages: [message] })]
				: tests;
		});
		return { totals: wholeTotals(code, { passed, failed, skipped }), failures };
	} catch {
		return { totals: { passed: 0, failed: 1, skipped: 0 }, failures: ["it left no report"] };
	}
}
