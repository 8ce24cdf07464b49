// Reads a suite's report in vitest's format.

import { readFile } from "node:fs/promises";

/** @typedef {{ passed: number, failed: number, skipped: number }} Totals */
/** @typedef {{ totals: Totals, failures: string[] }} Report `failures`: each test's name, message and line */

/** Lines of a message; the third names the awaited condition of a page. */
const MESSAGE_LINES = 4;
/** Characters of a message. */
const MESSAGE_LENGTH = 600;

/** @param {{ fullName: string, failureMessages: string[] }} test */
function sentence({ fullName, failureMessages }) {
	const lines = (failureMessages[0] ?? "").replace(/\u001b\[\d+m/g, "").split("\n");
	const stack = lines.findIndex((line) => /^\s+at /.test(line));
	const first = lines.slice(0, stack < 0 ? MESSAGE_LINES : Math.min(stack, MESSAGE_LINES));
	const message = first.map((line) => line.trim()).filter(Boolean);
	const [, place] = lines.map((line) => /\b(test\/\S+:\d+):\d+\)?$/.exec(line)).find(Boolean) ?? [];
	const where = place === undefined ? "" : ` (${place})`;
	return [`${fullName}${where}`, message.join(" ").slice(0, MESSAGE_LENGTH)]
		.filter(Boolean)
		.join(": ");
}

/**
 * Reports a suite that failed without a failed test: by a hook, an unhandled rejection, no test at all.
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
			// A broken hook or file fails without a test.
			return tests.length === 0 && status === "failed"
				? [sentence({ fullName: name, failureMessages: [message] })]
				: tests;
		});
		const totals = wholeTotals(code, { passed, failed, skipped });
		return {
			totals,
			// The report does not mention this failure.
			failures:
				totals.failed > 0 && failures.length === 0
					? ["an error in no test, or no test at all; the suite's own output has it"]
					: failures,
		};
	} catch {
		return { totals: { passed: 0, failed: 1, skipped: 0 }, failures: ["it left no report"] };
	}
}
