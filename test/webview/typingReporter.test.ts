import { expect, it } from "vitest";
import { TypingReporter } from "../../src/webview/composer/typingReporter";

it("typing is reported once in three seconds, and at once in another room or after a send", () => {
	const reporter = new TypingReporter();
	const isDue = [
		reporter.isDue(1, 0),
		reporter.isDue(1, 2_999),
		reporter.isDue(1, 3_000),
		reporter.isDue(2, 3_001),
	];
	reporter.reset();
	expect([...isDue, reporter.isDue(2, 3_002)]).toEqual([true, false, true, true, true]);
});
