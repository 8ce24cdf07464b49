import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { build } from "esbuild";
import { beforeAll, expect, test } from "vitest";
import { HOST_FILES, hostBundle } from "../../scripts/lib/bundles.mjs";
import { CHECKOUT } from "../../scripts/lib/dependencies.mjs";

/** Matches a class, a variable, or a collection that begins empty. */
const STATEFUL = /^(?:export )?(?:abstract )?(?:class|let|var) |new \w*(?:Map|Set)(?:<.*>)?\(\)/m;

/** Paths of the sources of each of the host's files. */
const parts = new Map<string, string[]>();

beforeAll(async () => {
	const { metafile } = await build({
		...hostBundle({ production: true, outdir: "dist" }),
		metafile: true,
		write: false,
	});
	for (const [path, { inputs }] of Object.entries(metafile.outputs)) {
		const used = Object.entries(inputs).filter(([, { bytesInOutput }]) => bytesInOutput > 0);
		parts.set(
			path.replace("dist/", ""),
			used.map(([source]) => source.replace(/^.*node_modules\//, "node_modules/")),
		);
	}
});

test("the host's files are the files that the package names", () => {
	expect([...parts.keys()].sort()).toEqual([...HOST_FILES].sort());
});

test("every window loads these sources, and no others", () => {
	expect(parts.get("extension.js")?.sort()).toEqual([
		"src/extension/contributions.ts",
		"src/extension/extension.ts",
		"src/extension/lateChat.ts",
		"src/extension/platform/log.ts",
		"src/extension/platform/memory.ts",
		"src/extension/startup.ts",
	]);
});

test("only the file of the first connect has the SDK and the socket", () => {
	const having = [...parts].filter(([, sources]) =>
		sources.some((source) => /node_modules\/(@clockworklabs|ws)\//.test(source)),
	);
	expect(having.map(([name]) => name)).toEqual(["database.js"]);
});

test("a module in two of the files is valibot, or has neither a class nor state", async () => {
	const all = [...parts.values()].flat();
	const doubled = [...new Set(all.filter((source, index) => all.indexOf(source) !== index))];
	const wrong: string[] = [];
	for (const source of doubled.filter((path) => !path.startsWith("node_modules/valibot/"))) {
		const text = source.startsWith("src/") && (await readFile(join(CHECKOUT, source), "utf8"));
		if (text === false || STATEFUL.test(text)) {
			wrong.push(source);
		}
	}
	expect(wrong).toEqual([]);
});
