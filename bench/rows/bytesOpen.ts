import { inTurn, type Row } from "../lib/bench";
import { CountingProxy } from "../lib/countingProxy";
import type { Figure } from "../lib/figures";
import { inChild } from "../lib/inChild";
import type { Seeded } from "../lib/seeded";

/** (a) and (e): bytes on the wire on opening, both ways, HTTP and all. */
export const row: Row = {
	id: "bytes-open",
	what: "bytes over the wire on opening",
	async measure(bench) {
		const { small, middle, large } = bench.sizes;
		const [few, some, many] = [
			await bench.seeded("ours", small),
			await bench.seeded("ours", middle),
			await bench.seeded("ours", large),
		];
		const open = (place: Seeded) => counted(place, (url) => inChild("openOurs", { ...place, url }));
		const everything = (place: Seeded) =>
			counted(place, (url) => inChild("openEverything", { ...place, url, kind: "ours" }));
		const against = await inTurn(
			bench,
			() => open(some),
			() => everything(some),
		);
		const bySize = await inTurn(
			bench,
			() => open(many),
			() => open(few),
		);
		const figures: Figure[] = [
			{
				what: "bytes over the wire on opening, against (a) subscribing to everything",
				unit: "bytes",
				...against,
				sizes: { messages: middle },
			},
			{
				part: "large",
				what: `the same at ${large.toLocaleString("en")} against ${small.toLocaleString("en")}`,
				unit: "bytes",
				...bySize,
				sizes: { messages: large, baselineMessages: small },
			},
		];
		return figures;
	},
};

async function counted(place: Seeded, act: (url: string) => Promise<unknown>): Promise<number> {
	const proxy = await CountingProxy.before(place.port);
	try {
		await act(proxy.url);
		return proxy.bytes;
	} finally {
		await proxy.stop();
	}
}
