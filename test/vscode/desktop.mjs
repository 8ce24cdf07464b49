// Runs the extension host's suite in a VS Code that @vscode/test-electron downloads; VSCODE_VERSION
// names which ("stable" if unset).

import { mkdir, readFile, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { CHECKOUT, ensureDependencies } from "../../scripts/lib/dependencies.mjs";
import { packageExtension } from "../../scripts/lib/extension.mjs";
import { temporaryFolder } from "../../scripts/lib/processes.mjs";
import { fail } from "../../scripts/lib/run.mjs";
import { bundleSuite, REPORT, SUITE, withChat } from "./support.mjs";

async function main() {
	await ensureDependencies();
	await packageExtension();
	await bundleSuite();
	const { runTests } = await import("@vscode/test-electron");
	const version = process.env["VSCODE_VERSION"] ?? "stable";
	const report = join(CHECKOUT, "out", "reports", "desktop.json");
	await rm(report, { force: true });
	await withChat(async (settings) => {
		const profile = temporaryFolder("spacetimedb-chat-desktop");
		await mkdir(join(profile, "User"), { recursive: true });
		await writeFile(join(profile, "User", "settings.json"), JSON.stringify(settings));
		console.log(`The extension host's suite runs in VS Code ${version} on the desktop.`);
		await runTests({
			version,
			extensionDevelopmentPath: CHECKOUT,
			extensionTestsPath: SUITE,
			extensionTestsEnv: { [REPORT]: report },
			launchArgs: [CHECKOUT, "--user-data-dir", profile, "--disable-workspace-trust"],
		});
	});
	const { lines } = JSON.parse(await readFile(report, "utf8"));
	console.log(lines.join("\n"));
}

await main().catch(fail);
