import type { Identity } from "@clockworklabs/spacetimedb-sdk";

/** Identities whose hex is kept: more than write at the same time, in less than half a megabyte. */
const MAX_KNOWN = 2_000;

const known = new Map<bigint, string>();

/**
 * Returns an identity in hex. The SDK computes it at each call, which was 9 % of the cost of a flood of
 * messages (SDK 1.3.3).
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
