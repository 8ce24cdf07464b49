import { existsSync, readdirSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";
import strings from "../../l10n/bundle.l10n.json";
import manifest from "../../package.json";
import words from "../../package.nls.json";

const ROOT = fileURLToPath(new URL("../..", import.meta.url));
const DOCUMENTS = ["", "docs/", "bench/"].flatMap((folder) =>
	readdirSync(join(ROOT, folder))
		.filter((name) => name.endsWith(".md"))
		.map((name) => folder + name),
);

function read(path: string): string {
	return readFileSync(join(ROOT, path), "utf8");
}

function titleOf(command: string): string {
	return `Chat: ${words[`command.${command.replace("spacetimedbChat.", "")}` as keyof typeof words]}`;
}

/** The first cells of the table rows that begin with a pattern. */
function cells(text: string, pattern: RegExp): string[] {
	return text
		.split("\n")
		.map((line) => line.split("|")[1]?.trim() ?? "")
		.filter((cell) => pattern.test(cell));
}

function hasInOrder(text: string, parts: readonly string[]): boolean {
	const end = parts.reduce((from, part) => {
		const at = from < 0 ? -1 : text.indexOf(part.trim(), from);
		return at < 0 ? -1 : at + part.trim().length;
	}, 0);
	return end >= 0;
}

test("the README's table of commands has the commands of the manifest, by their titles", () => {
	const titles = manifest.contributes.commands.map(({ command }) => titleOf(command));
	expect(cells(read("README.md"), /^Chat: /).sort()).toEqual(titles.sort());
});

test("a command in bold letters in the README is one of the manifest", () => {
	const titles = manifest.contributes.commands.map(({ command }) => titleOf(command));
	const named = [...read("README.md").matchAll(/\*\*(Chat:[^*]+)\*\*/g)].map(([, name]) => name);
	expect(named.filter((name) => !titles.includes(name ?? ""))).toEqual([]);
});

test("the README's table of settings has the settings of the manifest, with their defaults", () => {
	const rows = read("README.md")
		.split("\n")
		.filter((line) => line.startsWith("| `spacetimedbChat."))
		.map((line) => line.split("|").map((cell) => cell.trim().replaceAll("`", "")))
		.map(([, name, value, scope]) => [name, value, scope]);
	const settings = Object.entries(manifest.contributes.configuration.properties).map(
		([name, { default: value, scope }]) => [name, value === "" ? "empty" : String(value), scope],
	);
	expect(rows).toEqual(settings);
});

test("a sentence that the README's table of troubles quotes is one of the panel", () => {
	const quoted = cells(read("README.md"), /^“/).flatMap((cell) =>
		cell.slice(1, cell.lastIndexOf("”")).split("”, “"),
	);
	const unknown = quoted.filter(
		(quote) => !Object.keys(strings).some((sentence) => hasInOrder(sentence, quote.split("…"))),
	);
	expect([quoted.length > 0, unknown]).toEqual([true, []]);
});

test("the glossary has at most 30 words, each once", () => {
	const [, ...defined] = cells(read("docs/glossary.md").split("\n## ")[0] ?? "", /^[a-z]/);
	expect([defined.length <= 30, new Set(defined).size]).toEqual([true, defined.length]);
});

test("a source file that a document names is there", () => {
	const files = ["src", "server/src", "test", "scripts", "bench"].flatMap((folder) =>
		readdirSync(join(ROOT, folder), { recursive: true, encoding: "utf8" }).map(
			(path) => `/${folder}/${path.replaceAll("\\", "/")}`,
		),
	);
	const missing = DOCUMENTS.flatMap((path) =>
		[...read(path).matchAll(/`([\w./-]+\.(?:ts|mjs|rs))`/g)]
			.map(([, name]) => name ?? "")
			.filter((name) => !files.some((file) => file.endsWith(`/${name}`)))
			.map((name) => `${path}: ${name}`),
	);
	expect(missing).toEqual([]);
});

test("a link between the documents leads to a file that is there", () => {
	const broken = DOCUMENTS.flatMap((path) =>
		[...read(path).matchAll(/\]\((?!https?:|#)([^)#\s]+)/g)]
			.map(([, target]) => join(dirname(path), target ?? ""))
			.filter((target) => !existsSync(join(ROOT, target)))
			.map((target) => `${path}: ${target}`),
	);
	expect(broken).toEqual([]);
});
