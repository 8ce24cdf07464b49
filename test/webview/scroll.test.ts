import { expect, it } from "vitest";
import { isNearEnd, nextUnseen } from "../../src/webview/scroll";

const at = (scrollTop: number) => isNearEnd({ scrollTop, scrollHeight: 1000, clientHeight: 400 });

it("40 pixels from the end count as the end, 41 do not", () => {
	expect([at(600), at(560), at(559), at(0)]).toEqual([true, true, false, false]);
});

it("a log that does not fill its space is at its end", () => {
	expect(isNearEnd({ scrollTop: 0, scrollHeight: 100, clientHeight: 400 })).toBe(true);
});

it("messages count as unseen only for a reader who is further up", () => {
	expect([nextUnseen(2, 3, false), nextUnseen(2, 3, true)]).toEqual([5, 0]);
});
