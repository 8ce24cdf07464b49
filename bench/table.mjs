// Puts bench/results.json as a table into bench/README.md, between its two marks.

import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { CHECKOUT } from "../scripts/lib/dependencies.mjs";
import { fail, MissingTool } from "../scripts/lib/run.mjs";
import { markdownOf } from "./lib/tables.mjs";

const BEGIN = "<!-- results: begin -->";
const END = "<!-- results: end -->";

try {
	const results = JSON.parse(await readFile(join(CHECKOUT, "bench", "results.json"), "utf8"));
	const path = join(CHECKOUT, "bench", "README.md");
	const text = await readFile(path, "utf8");
	const [before, rest] = text.split(BEGIN);
	const after = rest?.split(END)[1];
	if (before === undefined || after === undefined) {
		throw new MissingTool(`bench/README.md lacks its marks, ${BEGIN} and ${END}.`);
	}
	await writeFile(path, `${before}${BEGIN}\n\n${markdownOf(results)}\n\n${END}${after}`);
	console.log("bench/README.md has the results.");
} catch (error) {
	fail(error);
}
