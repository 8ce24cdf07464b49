import { mkdir, readFile, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { createVSIX, listFiles, PackageManager } from "@vscode/vsce";
import bundle from "../../l10n/bundle.l10n.json";
import words from "../../package.nls.json";
import { CHECKOUT } from "../../scripts/lib/dependencies.mjs";
import { temporaryFolder } from "../../scripts/lib/processes.mjs";
import { Workbench } from "../../scripts/lib/workbench.mjs";
import { PSEUDO_LANGUAGE, pseudoStrings } from "./pseudo";

/**
 * Starts a workbench that displays the stand-in language: with a language pack that is made here, and
 * with the package as it is built, plus its translations.
 */
export async function startPseudoWorkbench(
	which: "oldest" | "newest",
	settings: Readonly<Record<string, unknown>>,
): Promise<Workbench> {
	const folder = temporaryFolder("spacetimedb-chat-pseudo");
	const built = await listFiles({ cwd: CHECKOUT, packageManager: PackageManager.None });
	for (const path of built) {
		await put(join(folder, "chat", path), await readFile(join(CHECKOUT, path)));
	}
	for (const [path, strings] of [
		[`l10n/bundle.l10n.${PSEUDO_LANGUAGE}.json`, bundle],
		[`package.nls.${PSEUDO_LANGUAGE}.json`, words],
	] as const) {
		await put(join(folder, "chat", path), JSON.stringify(pseudoStrings(strings)));
	}
	const vsix = join(folder, "chat.vsix");
	await createVSIX({ cwd: join(folder, "chat"), packagePath: vsix, dependencies: false });
	// A language pack that translates nothing of the workbench's own.
	const translations = join(folder, "main.i18n.json");
	await put(translations, JSON.stringify({ contents: {} }));
	const language = { name: PSEUDO_LANGUAGE, translations };
	return Workbench.start({ which, vsix, settings, language });
}

async function put(path: string, content: string | Buffer): Promise<void> {
	await mkdir(dirname(path), { recursive: true });
	await writeFile(path, content);
}
