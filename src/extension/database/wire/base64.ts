/*
 * Replaces `base64-js` in the bundle. SDK 1.3.3 includes it for browsers; Node has its own.
 */

/** Returns bytes in Base64 with padding. */
export function fromByteArray({ buffer, byteOffset, byteLength }: Uint8Array): string {
	return Buffer.from(buffer, byteOffset, byteLength).toString("base64");
}
