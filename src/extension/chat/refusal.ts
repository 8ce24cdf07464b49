import type { Guarantee } from "./backend";

/** The meaning of a reducer's error text for the message that it refused. */
export type RefusalReading =
	/** Too fast: goes on by itself. */
	| { readonly kind: "wait"; readonly waitMs: number; readonly sentence: string }
	/** A reason that stays one. */
	| { readonly kind: "final"; readonly sentence: string }
	/** Perhaps the server's own trouble. */
	| { readonly kind: "unclear"; readonly sentence: string };

/** The codes of our module (`server/src`) that mean no for good. */
const FINAL_CODES = [
	...["text", "rights", "room", "post", "id", "limits", "search"],
	...["banned", "timeout", "name", "person", "emoji", "until", "availability", "role", "sanction"],
];

/** Longest wait that a server may ask for; more is a mistake, and the person should see the message. */
const MAX_WAIT_MS = 60_000;

/** Our module answers "code: sentence", the tutorial's the plain sentence. */
export function readRefusal(reason: string, guarantee: Guarantee): RefusalReading {
	if (guarantee === "atMostOnce") {
		return { kind: "final", sentence: reason };
	}
	const [, code = "", sentence = reason] = /^([a-z]+): ([\s\S]*)$/.exec(reason) ?? [];
	if (code === "rate") {
		const waitMs = Number(/(\d+) ms/.exec(sentence)?.[1] ?? "1000");
		return { kind: "wait", waitMs: Math.min(waitMs, MAX_WAIT_MS), sentence };
	}
	return FINAL_CODES.includes(code)
		? { kind: "final", sentence }
		: { kind: "unclear", sentence: reason };
}
