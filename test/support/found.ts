/** What became of what people said, as counts. */
export interface Verdict {
	readonly sent: number;
	readonly lost: number;
	readonly doubled: number;
	readonly outOfOrder: number;
	/** Members of a private room who have another history than its host. */
	readonly differing: number;
}

/** A post as a fresh reader finds it. */
export interface Post {
	readonly seq: number;
	/** 64 hex digits. */
	readonly sender: string;
	readonly text: string;
}

/** A post from the columns `seq, sender, text`. */
export function postOf([seq, sender, text]: readonly unknown[]): Post {
	return { seq: Number(seq), sender: String(sender), text: String(text) };
}

/**
 * Compares what each sender said, in its order, with what was found.
 *
 * @param found in the room's order
 * @param said by identity; no text is said twice
 */
export function verdictOn(
	found: readonly Post[],
	said: ReadonlyMap<string, readonly string[]>,
): Omit<Verdict, "differing"> {
	let [sent, lost, doubled, outOfOrder] = [0, 0, 0, 0];
	for (const [identity, texts] of said) {
		const wanted = new Set(texts);
		const got = found
			.filter(({ sender, text }) => sender === identity && wanted.has(text))
			.map(({ text }) => text);
		const there = new Set(got);
		const once = [...there];
		const order = texts.filter((text) => there.has(text));
		sent += texts.length;
		lost += texts.length - once.length;
		doubled += got.length - once.length;
		outOfOrder += once.filter((text, index) => order[index] !== text).length;
	}
	return { sent, lost, doubled, outOfOrder };
}

export const UNHARMED = { lost: 0, doubled: 0, outOfOrder: 0, differing: 0 };
