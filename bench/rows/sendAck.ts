import { inTurn, type Row } from "../lib/bench";
import { median } from "../lib/figures";
import { inChild } from "../lib/inChild";

/** (b): what the panel adds to the round trip of the calls that it makes. */
export const row: Row = {
	id: "send-ack",
	what: "socket write → ack, against the plain SDK",
	async measure(bench) {
		const place = await bench.fresh("ours", bench.sizes.small);
		const wish = { ...place, warmUps: bench.isQuick ? 5 : 50, lines: bench.isQuick ? 20 : 300 };
		const raw = async (calls: "announced" | "posted", holds: "little" | "panel") =>
			inChild("sendRaw", { ...wish, calls, holds });
		try {
			const { ours, baseline } = await inTurn(
				bench,
				() => inChild("sendOurs", wish),
				async () => ({
					announced: median(await raw("announced", "little")),
					held: median(await raw("announced", "panel")),
					posted: median(await raw("posted", "little")),
				}),
			);
			const announced = baseline.map((one) => one.announced);
			const sizes = { messages: place.messages, lines: wish.lines };
			return [
				{
					what: "socket write → ack, against (b) announce + send_message on the plain SDK",
					unit: "ms",
					ours: ours.map(({ writeToAckMs }) => median(writeToAckMs)),
					baseline: announced,
					target: "≤ 1.3 ×",
					sizes,
				},
				{
					part: "subscribed",
					what: "the same, against (b) that is subscribed to what the panel is",
					unit: "ms",
					ours: ours.map(({ writeToAckMs }) => median(writeToAckMs)),
					baseline: baseline.map((one) => one.held),
					sizes,
					note: "what is the host's own of it; the rest is the server's, and the SDK's reading of rows",
				},
				{
					part: "enter",
					what: "Enter → ack, with the line's way into the journal, against (b)",
					unit: "ms",
					ours: ours.map(({ enterToAckMs }) => median(enterToAckMs)),
					baseline: announced,
					sizes,
				},
				{
					part: "announce",
					what: "announce + send_message against post_message, both on the plain SDK",
					unit: "ms",
					ours: announced,
					baseline: baseline.map((one) => one.posted),
					sizes,
					note: "what the lobby's two calls cost, since tutorial clients are in it",
				},
			];
		} finally {
			await place.stop();
		}
	},
};
