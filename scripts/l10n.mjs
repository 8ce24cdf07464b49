// npm run l10n: writes the English strings of the sources to l10n/bundle.l10n.json, and says what the
// translations lack.

import { writeFile } from "node:fs/promises";
import { ensureDependencies } from "./lib/dependencies.mjs";
import { fail, MissingTool } from "./lib/run.mjs";

async function main() {
	await ensureDependencies();
	// Only here: it needs the dependencies.
	const l10n = await import("./lib/l10n.mjs");
	const { strings, problems } = l10n.extract(await l10n.readSources());
	await writeFile(l10n.STRING_FILES.sources(), l10n.formatStrings(strings));
	console.log(`English: ${Object.keys(strings).length} strings`);
	for (const language of await l10n.languages()) {
		for (const pathOf of Object.values(l10n.STRING_FILES)) {
			const english = await l10n.readStrings(pathOf());
			const translated = await l10n.readStrings(pathOf(language)).catch(() => ({}));
			problems.push(
				...l10n
					.translationProblems(english, translated)
					.map((problem) => `${pathOf(language)} ${problem}`),
			);
		}
	}
	if (problems.length > 0) {
		throw new MissingTool(problems.join("\n"));
	}
}

await main().catch(fail);
