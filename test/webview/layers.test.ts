import { readdirSync, readFileSync } from "node:fs";
import { dirname, join, relative, resolve } from "node:path";
import { expect, test } from "vitest";

const VIEW = resolve("src/webview");

/** The folders from the bottom to the top: each one imports only from folders before it. */
const ORDER = [
	"ui",
	"model",
	"markdown",
	"people",
	"rooms",
	"message",
	"log",
	"search",
	"composer",
	"frame",
];

/** The prefixes of the classes in each folder's style sheets. */
const PREFIXES: Readonly<Record<string, readonly string[]>> = {
	ui: ["ui", "list", "popup"],
	markdown: ["markdown", "code"],
	people: ["person", "presence", "avatar", "typing"],
	rooms: ["room"],
	message: ["message", "emoji"],
	log: ["log", "empty"],
	search: ["search"],
	composer: ["composer"],
	frame: ["panel", "banner", "outbox"],
};

const files = readdirSync(VIEW, { recursive: true, encoding: "utf8" }).map((file) =>
	file.replaceAll("\\", "/"),
);

function folderOf(path: string): string {
	return path.includes("/") ? path.slice(0, path.indexOf("/")) : "";
}

/** Returns the imports from one folder of the view into another, types included. */
function imports(): { readonly file: string; readonly from: string; readonly to: string }[] {
	return files
		.filter((file) => file.endsWith(".ts"))
		.flatMap((file) => {
			const text = readFileSync(join(VIEW, file), "utf8");
			return [...text.matchAll(/(?:from|import) "(\.[^"]+)"/gu)].flatMap(([, path = ""]) => {
				const target = relative(VIEW, resolve(VIEW, dirname(file), path)).replaceAll("\\", "/");
				const [from, to] = [folderOf(file), folderOf(target)];
				return target.startsWith("..") || from === to ? [] : [{ file, from, to }];
			});
		});
}

test("only main.ts and panel.ts lie outside the folders", () => {
	expect(files.filter((file) => /^[^/]+\.(?:ts|css)$/u.test(file)).sort()).toEqual([
		"main.ts",
		"panel.ts",
	]);
});

test("a folder of the view imports only from folders below it", () => {
	const wrong = imports().filter(
		({ from, to }) => from !== "" && ORDER.indexOf(to) >= ORDER.indexOf(from),
	);
	expect(wrong).toEqual([]);
});

test("a selector that names classes names one of its own component", () => {
	const foreign = files
		.filter((file) => file.endsWith(".css"))
		.flatMap((file) => {
			const prefixes = PREFIXES[folderOf(file)] ?? [];
			const css = readFileSync(join(VIEW, file), "utf8").replace(/\/\*.*?\*\//gsu, "");
			return [...css.matchAll(/([^{};]+)\{/gu)]
				.flatMap(([, list = ""]) => list.split(/,(?![^(]*\))/u).map((one) => one.trim()))
				.filter((selector) => {
					const classes = [...selector.matchAll(/\.([a-z][a-z0-9-]*)/gu)].map(([, name]) => name!);
					const isOwn = classes.some((name) =>
						prefixes.some((prefix) => name === prefix || name.startsWith(`${prefix}-`)),
					);
					return !selector.startsWith("@") && classes.length > 0 && !isOwn;
				})
				.map((selector) => `${file}: ${selector}`);
		});
	expect(foreign).toEqual([]);
});
