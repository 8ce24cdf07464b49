import type { SearchResult, SearchScope } from "../../src/shared/chat";
import { TestWindow } from "../../test/support/testWindow";
import type { Place } from "./openOurs";

export interface Found {
	readonly ms: number;
	readonly hits: number;
	readonly scope: SearchScope;
}

/** From the wish to the first results, for each of these texts; each is asked once before. */
export async function searchFor({
	url,
	database,
	texts,
}: Place & { readonly texts: readonly string[] }): Promise<Found[]> {
	const window = await TestWindow.online(url, database);
	const { search } = window.session.openRoom;
	const ask = async (text: string) =>
		new Promise<SearchResult>((settle) => search.begin(crypto.randomUUID(), text, settle));
	const found: Found[] = [];
	for (const text of texts) {
		await ask(text);
		const began = performance.now();
		const result = await ask(text);
		const ms = performance.now() - began;
		if (result.kind === "failed") {
			throw new Error(result.sentence);
		}
		found.push({ ms, hits: result.hits.length, scope: result.scope });
	}
	return found;
}
