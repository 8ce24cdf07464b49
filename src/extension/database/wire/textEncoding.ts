/*
 * Stands in the bundle for `@zxing/text-encoding`, which SDK 1.3.3 brings along for browsers that have
 * no encoder: Node has its own, and it is many times as fast.
 */
export const { TextDecoder, TextEncoder } = globalThis;
