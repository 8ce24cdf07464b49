import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { WorkbenchWindow } from "../../scripts/lib/workbench.mjs";
import { Scene } from "../support/scene";

const AXE = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");

const INJECTIONS = [
	`<img src=x onerror="fetch('https://evil.example/img')">`,
	`<svg onload="fetch('https://evil.example/svg')"></svg>`,
	`<iframe srcdoc="<script>fetch('https://evil.example/frame')</script>"></iframe>`,
	`<link rel=dns-prefetch href="//evil.example">`,
	`<base href="https://evil.example/">`,
	`<meta http-equiv=refresh content="0;url=https://evil.example/">`,
	`<form action="https://evil.example/"><button>go</button></form>`,
	`![image](https://evil.example/pixel.png)`,
	`[click](javascript:alert(1)) [data](data:text/html,x) [cmd](command:workbench.action.quit)`,
	`[vs](vscode://evil.evil) [file](file:///etc/passwd) [unc](\\\\evil\\share)`,
	`[user](https://example.com@evil.example/)`,
	"```__proto__\nconst x = 1;\n```",
	`${">".repeat(3000)} deep`,
	`${"[".repeat(3000)} deep`,
	`${"*".repeat(3000)} deep`,
	"```\nunclosed fence",
	`a\u0301${"\u0301".repeat(3000)}`,
	"right \u202e to left",
];

const THEMES = [
	"Default Dark Modern",
	"Default Light Modern",
	"Default High Contrast",
	"Default High Contrast Light",
];

let scene: Scene;
let window: WorkbenchWindow;

beforeAll(async () => {
	scene = await Scene.set("newest");
	const terminal = await scene.terminal();
	terminal.say("/name <b>Mallory</b> $(bug) [x](command:workbench.action.quit)");
	for (const text of INJECTIONS) {
		terminal.say(text);
	}
	await terminal.sees(/right \u202e to left$/);
	window = await scene.window();
	await window.messages.filter({ hasText: "to left" }).first().waitFor();
});
afterAll(async () => {
	await scene.strike();
});

test("the panel renders an injection corpus as text", async () => {
	const planted = window.log.locator(
		"img, svg, iframe, link, base, meta, form, script, object, embed",
	);
	expect(await planted.count()).toBe(0);
});

test("only web and mail links become links", async () => {
	const links = await window.log
		.locator("a[href]")
		.evaluateAll((nodes) => nodes.map((node) => new URL(node.getAttribute("href") ?? "").protocol));
	expect(links.filter((protocol) => !/^(https?|mailto):$/.test(protocol))).toEqual([]);
});

test("a name never becomes an icon, a link or markup", async () => {
	const label = await window.messages.first().getAttribute("aria-label");
	expect(label?.startsWith("<b>Mallory</b> $(bug) [x](command:workbench.action.quit)")).toBe(true);
});

test("the panel requests none of the corpus's addresses", () => {
	expect(scene.workbench.foreignRequests.filter((url) => url.includes("evil"))).toEqual([]);
});

test("the view is a site of its own, without access to the window's storage", async () => {
	const frame = await window.panelFrame();
	const origin = await frame.evaluate(() => globalThis.origin);
	expect(origin).toMatch(/^http:\/\/\w+\.localhost:/);
});

test("the view's console has no error", () => {
	expect(scene.workbench.viewErrors).toEqual([]);
});

describe.each(THEMES)("in %s", (theme) => {
	test("axe finds no fault", async () => {
		scene.workbench.code.setSettings({
			"spacetimedbChat.server": scene.server.url,
			"workbench.colorTheme": theme,
		});
		await window.reload();
		await window.openPanel();
		await window.messages.first().waitFor();
		await window.showPeople();
		const frame = await window.panelFrame();
		await frame.evaluate(AXE);
		const violations = await frame.evaluate(async () => {
			const { axe } = globalThis as unknown as {
				axe: { run(): Promise<{ violations: { id: string; nodes: { html: string }[] }[] }> };
			};
			const result = await axe.run();
			return result.violations.map(
				({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html.slice(0, 200)).join("\n")}`,
			);
		});
		expect(violations).toEqual([]);
	});
});
