/*
 * Stands in the bundle for `base64-js`, which SDK 1.3.3 brings along for browsers: Node has its own.
 */

/** Bytes in Base64, with padding. */
export function fromByteArray({ buffer, byteOffset, byteLength }: Uint8Array): string {
	return Buffer.from(buffer, byteOffset, byteLength).toString("base64");
}
