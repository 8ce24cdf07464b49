import { sql } from "../../scripts/lib/databases.mjs";

/** What became of what people said, as counts. */
export interface Verdict {
	readonly sent: number;
	readonly lost: number;
	readonly doubled: number;
	readonly outOfOrder: number;
}

/**
 * Compares what each sender said, in its order, with what a fresh reader finds in the database.
 *
 * @param said by identity; no text is said twice
 */
export async function judge(
	server: { readonly url: string },
	database: string,
	token: string,
	said: ReadonlyMap<string, readonly string[]>,
): Promise<Verdict> {
	const rows = await sql(server.url, database, token, "SELECT seq, sender, text FROM post");
	const found = rows
		.map(([seq, sender, text]) => ({
			seq: Number(seq),
			sender: identityOf(sender),
			text: String(text),
		}))
		.sort((a, b) => a.seq - b.seq);
	let [sent, lost, doubled, outOfOrder] = [0, 0, 0, 0];
	for (const [identity, texts] of said) {
		const wanted = new Set(texts);
		const got = found
			.filter(({ sender, text }) => sender === identity && wanted.has(text))
			.map(({ text }) => text);
		const once = [...new Set(got)];
		const order = texts.filter((text) => once.includes(text));
		sent += texts.length;
		lost += texts.length - once.length;
		doubled += got.length - once.length;
		outOfOrder += once.filter((text, index) => order[index] !== text).length;
	}
	return { sent, lost, doubled, outOfOrder };
}

export const UNHARMED = { lost: 0, doubled: 0, outOfOrder: 0 };

/** SQL over HTTP gives an identity as a product of one hexadecimal number. */
function identityOf(value: unknown): string {
	const [hex] = Array.isArray(value) ? (value as unknown[]) : [value];
	return String(hex).replace(/^0x/, "").padStart(64, "0");
}
