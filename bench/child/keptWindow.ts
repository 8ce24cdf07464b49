import { readAddress } from "../../src/extension/platform/address";
import { TokenStore } from "../../src/extension/platform/tokenStore";
import { MemorySecrets } from "../../test/support/memorySecrets";
import { TestWindow } from "../../test/support/testWindow";
import type { Place } from "./openOurs";

/** The window of somebody whose token was kept the last time, or of somebody new. */
export async function keptWindow({ url, database }: Place, token?: string): Promise<TestWindow> {
	const secrets = new MemorySecrets();
	const address = readAddress(url, database);
	if (token !== undefined && typeof address === "object") {
		const log = { info: () => undefined, warn: () => undefined, error: () => undefined };
		const tokens = new TokenStore(secrets, { ...log, show: () => undefined });
		await tokens.keepFirst(address.key, token);
		tokens.dispose();
	}
	// Made only now: a window that is there would take it for another window's doing, and connect anew.
	return new TestWindow(url, database, secrets);
}
