import type { Identity } from "@clockworklabs/spacetimedb-sdk";

/** Identities that are known in hex: more than talk at a time, and less than half a megabyte. */
const MAX_KNOWN = 2_000;

const known = new Map<bigint, string>();

/**
 * An identity in hex. The SDK makes it anew from its number each time, which was 9 % of what a flood of
 * messages costs (SDK 1.3.3).
 */
export function hexOf(identity: Identity): string {
	const before = known.get(identity.data);
	if (before !== undefined) {
		return before;
	}
	if (known.size >= MAX_KNOWN) {
		known.clear();
	}
	const hex = identity.toHexString();
	known.set(identity.data, hex);
	return hex;
}
