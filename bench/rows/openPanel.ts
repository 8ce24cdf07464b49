import { inTurn, type Row } from "../lib/bench";
import type { Seeded } from "../lib/seeded";

/** (e) and (c): from the click on the panel's mark until the newest messages are on the screen. */
export const row: Row = {
	id: "open",
	what: "click → newest 50 on the screen",
	async measure(bench) {
		const { small, middle, large } = bench.sizes;
		const [few, some, many] = [
			await bench.seeded("ours", small),
			await bench.seeded("ours", middle),
			await bench.seeded("ours", large),
		];
		const stage = await bench.stage();
		const openPanel = async (place: Seeded) => {
			const window = await stage.openWindow(place);
			try {
				const coldMs = await window.open();
				await window.hide();
				const warmMs = await window.open();
				return { coldMs, warmMs };
			} finally {
				await window.close();
			}
		};
		const openPlain = async (place: Seeded) => {
			const window = await stage.openPlain(place);
			try {
				return await window.open();
			} finally {
				await window.close();
			}
		};
		const bySize = await inTurn(
			bench,
			() => openPanel(many),
			() => openPanel(few),
		);
		const against = await inTurn(
			bench,
			() => openPanel(some),
			() => openPlain(some),
		);
		const sizes = { messages: large, baselineMessages: small };
		const bySizes = `at ${large.toLocaleString("en")} against ${small.toLocaleString("en")}`;
		return [
			{
				part: "cold",
				what: `click → newest 50 painted, fresh window, ${bySizes}`,
				unit: "ms",
				ours: bySize.ours.map(({ coldMs }) => coldMs),
				baseline: bySize.baseline.map(({ coldMs }) => coldMs),
				target: "≤ 1.2 ×",
				sizes,
			},
			{
				part: "warm",
				what: `click → newest 50 painted, hidden and shown again, ${bySizes}`,
				unit: "ms",
				ours: bySize.ours.map(({ warmMs }) => warmMs),
				baseline: bySize.baseline.map(({ warmMs }) => warmMs),
				target: "≤ 1.2 ×",
				sizes,
			},
			{
				part: "plain",
				what: "click → newest 50 painted, fresh window, against (c) a page that shows everything",
				unit: "ms",
				ours: against.ours.map(({ coldMs }) => coldMs),
				baseline: against.baseline,
				target: "≤ 0.05 ×",
				sizes: { messages: middle },
				note: "ours begins with a webview that has to be made, the page is loaded already",
			},
		];
	},
};
