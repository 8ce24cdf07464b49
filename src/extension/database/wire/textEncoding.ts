/*
 * Replaces `@zxing/text-encoding` in the bundle. SDK 1.3.3 includes it for browsers without an encoder; the
 * encoder of Node is many times as fast.
 */
export const { TextDecoder, TextEncoder } = globalThis;
