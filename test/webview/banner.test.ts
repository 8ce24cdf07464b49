import { nothing, render } from "lit/html.js";
import { describe, expect, it } from "vitest";
import type { ConnectionState, Remedy } from "../../src/shared/connectionState";
import type { ToHost } from "../../src/shared/requests";
import { renderBanner } from "../../src/webview/frame/banner";
import { textOf } from "./support/page";

const reason = { code: "closed", sentence: "Connection lost." } as const;

function draw(connection: ConnectionState) {
	const root = document.createElement("div");
	const posted: ToHost[] = [];
	render(
		renderBanner({ connection, server: "localhost:3000", nowMs: 1000 }, (request) =>
			posted.push(request),
		),
		root,
	);
	root.querySelector("button")?.click();
	return {
		said: textOf(root.querySelector("[role=status]")),
		all: textOf(root),
		action: textOf(root.querySelector("button")),
		posted,
	};
}

describe("the banner", () => {
	it.each<ConnectionState>([
		{ kind: "online", attempt: 0, identity: "a" },
		{ kind: "connecting", attempt: 1 },
	])("is not there while it is $kind", (connection) => {
		expect(renderBanner({ connection, server: "s", nowMs: 0 }, () => undefined)).toBe(nothing);
	});

	it("shows quietly that the view reconnects", () => {
		expect(draw({ kind: "connecting", attempt: 2 }).all).toBe("Connecting to localhost:3000…");
	});

	it("counts down beside the reason, hidden from screen readers", () => {
		const { said, all } = draw({ kind: "waiting", attempt: 2, retryAtMs: 4600, reason });
		expect([said, all]).toEqual([
			"Connection lost.",
			"Connection lost. Next try in 4 s. Reconnect",
		]);
	});

	it("reconnects at once on a press of Reconnect", () => {
		expect(draw({ kind: "waiting", attempt: 2, retryAtMs: 4600, reason }).posted).toEqual([
			{ type: "command", command: "reconnect" },
		]);
	});

	it("offers to connect while disconnected", () => {
		expect(draw({ kind: "disconnected" })).toEqual({
			said: "You are disconnected.",
			all: "You are disconnected. Connect",
			action: "Connect",
			posted: [{ type: "command", command: "connect" }],
		});
	});

	it.each<[Remedy, string]>([
		["changeServer", "Change Server…"],
		["forgetIdentity", "Forget Identity…"],
		["openSettings", "Open Settings"],
		["startLocalServer", "Start a Local Server"],
		["allowInsecure", "Connect Anyway"],
	])("offers %s when the connection was refused", (remedy, label) => {
		const { said, action, posted } = draw({ kind: "refused", reason, remedy });
		expect([said, action, posted]).toEqual([
			"Connection lost.",
			label,
			[{ type: "command", command: remedy }],
		]);
	});
});
