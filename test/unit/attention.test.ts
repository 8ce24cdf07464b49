import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { Attention } from "../../src/extension/platform/attention";

/** Stand-in for the window. */
const world = vi.hoisted(() => ({
	isFocused: false,
	changeWindow: (): void => undefined,
}));

vi.mock("vscode", async (importOriginal) => ({
	...(await importOriginal<object>()),
	window: {
		get state() {
			return { focused: world.isFocused };
		},
		onDidChangeWindowState: (listener: () => void) => {
			world.changeWindow = listener;
			return { dispose: () => undefined };
		},
	},
}));

let attention: Attention;
let returns: number;

function windowFocused(isFocused: boolean): void {
	world.isFocused = isFocused;
	world.changeWindow();
}

beforeEach(() => {
	world.isFocused = false;
	attention = new Attention();
	returns = 0;
	attention.onDidReturn(() => returns++);
});
afterEach(() => {
	attention.dispose();
});

test("a person is present while the window has the focus", () => {
	const before = attention.isHere;
	windowFocused(true);
	const during = attention.isHere;
	windowFocused(false);
	expect([before, during, attention.isHere, returns]).toEqual([false, true, false, 1]);
});

test("the panel's focus counts where VS Code does not report its own", () => {
	attention.panelFocused(true);
	const during = attention.isHere;
	attention.panelFocused(false);
	expect([during, attention.isHere, returns]).toEqual([true, false, 1]);
});

test("moving from the panel to the code is no return", () => {
	windowFocused(true);
	attention.panelFocused(true);
	attention.panelFocused(false);
	attention.panelFocused(true);
	expect([attention.isHere, returns]).toEqual([true, 1]);
});
