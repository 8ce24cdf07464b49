import { afterEach, expect, it, vi } from "vitest";
import type { ToHost } from "../../src/shared/requests";
import { reportFocus } from "../../src/webview/frame/focusReporter";

afterEach(() => {
	vi.restoreAllMocks();
});

it("the host learns when the panel gets and loses the focus, and nothing twice", () => {
	const posted: ToHost[] = [];
	const hasFocus = vi.spyOn(document, "hasFocus").mockReturnValue(false);
	const isVisible = vi.spyOn(document, "visibilityState", "get").mockReturnValue("visible");
	reportFocus((request) => posted.push(request));
	hasFocus.mockReturnValue(true);
	window.dispatchEvent(new Event("focus"));
	window.dispatchEvent(new Event("focus"));
	isVisible.mockReturnValue("hidden");
	document.dispatchEvent(new Event("visibilitychange"));
	isVisible.mockReturnValue("visible");
	document.dispatchEvent(new Event("visibilitychange"));
	hasFocus.mockReturnValue(false);
	window.dispatchEvent(new Event("blur"));
	expect(posted).toEqual([
		{ type: "focused", isFocused: true },
		{ type: "focused", isFocused: false },
		{ type: "focused", isFocused: true },
		{ type: "focused", isFocused: false },
	]);
});
