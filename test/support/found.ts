/** Counts of sent messages, and of those with a fault. */
export interface Verdict {
	readonly sent: number;
	readonly lost: number;
	readonly doubled: number;
	readonly outOfOrder: number;
	/** Members of a private room whose history differs from the host's. */
	readonly differing: number;
}

/** A post as a fresh reader sees it. */
export interface Post {
	readonly seq: number;
	/** The identity, in 64 hex digits. */
	readonly sender: string;
	readonly text: string;
}

/** Makes a post from the columns `seq, sender, text`. */
export function postOf([seq, sender, text]: readonly unknown[]): Post {
	return { seq: Number(seq), sender: String(sender), text: String(text) };
}

/**
 * Compares the sent messages of each sender, in order, with the found ones.
 *
 * @param found in the room's order
 * @param said sent texts by identity, each text once
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
