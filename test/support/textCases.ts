import cases from "../cases/text.json";

type Written = string | readonly { readonly repeat: string; readonly times: number }[];

/** A case of the table that tests the text rules in Rust and in TypeScript. */
export interface TextCase {
	readonly kind: "message" | "name";
	readonly name: string;
	readonly raw: string;
	/** The stored text; absent for a refused one. */
	readonly text?: string;
	readonly problem?: string;
}

export const TEXT_CASES: readonly TextCase[] = cases.map(({ kind, name, raw, text, problem }) => ({
	kind: kind as TextCase["kind"],
	name,
	raw: written(raw),
	...(text === undefined ? {} : { text: written(text) }),
	...(problem === undefined ? {} : { problem }),
}));

function written(value: Written): string {
	return typeof value === "string"
		? value
		: value.map(({ repeat, times }) => repeat.repeat(times)).join("");
}
