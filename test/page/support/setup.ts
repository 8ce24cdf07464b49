import { build } from "esbuild";
import { copyAssets, webviewBundle } from "../../../scripts/lib/bundles.mjs";
import { ensureChromium } from "../../../scripts/lib/chromium.mjs";

/** Builds the view as it is shipped, for all files of the project `page`. */
export default async function setup(): Promise<void> {
	await ensureChromium();
	await copyAssets("out/page");
	await build({ ...webviewBundle({ production: true, outdir: "out/page" }), logLevel: "error" });
}
