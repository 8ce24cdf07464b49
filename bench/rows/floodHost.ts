import { inTurn, type Bench, type Row } from "../lib/bench";
import { inChild } from "../lib/inChild";

const PER_SECOND = 2_000;
const SECONDS = 10;
/** Silence after which no more is waited for; talking begins a moment after hearing. */
const SILENCE_MS = 15_000;

/** (a): many messages a second, as the host hears them. */
export const row: Row = {
	id: "flood-host",
	what: `${PER_SECOND.toLocaleString("en")} messages a second for ${SECONDS} s, in the host`,
	async measure(bench) {
		const { ours, baseline } = await inTurn(
			bench,
			() => hear(bench, "hearOurs"),
			() => hear(bench, "hearEverything"),
		);
		const sizes = {
			before: bench.sizes.small,
			sent: ours[0]?.sent ?? 0,
			heard: Math.min(...ours.map(({ messages }) => messages)),
			baselineHeard: Math.min(...baseline.map(({ messages }) => messages)),
		};
		return [
			{
				part: "cpu",
				what: "host: CPU for 1,000 messages that come, against (a) a client that subscribes to everything",
				unit: "ms",
				ours: ours.map(({ cpuMs, messages }) => (cpuMs / messages) * 1_000),
				baseline: baseline.map(({ cpuMs, messages }) => (cpuMs / messages) * 1_000),
				sizes,
				note: "2,000 a second take a whole core at 500 ms",
			},
			{
				part: "post-bytes",
				what: "host: bytes posted to the view for each message that comes",
				unit: "bytes",
				ours: ours.map(({ postedBytes, messages }) => postedBytes / messages),
				sizes,
			},
			{
				part: "posts",
				what: "host: posts to the view a second",
				unit: "count",
				ours: ours.map(({ posts, talkMs }) => (posts / talkMs) * 1_000),
				target: "≤ 62: one a frame",
				sizes,
			},
		];
	},
};

async function hear(bench: Bench, task: "hearOurs" | "hearEverything") {
	const place = await bench.fresh("ours", bench.sizes.small);
	const wish = bench.isQuick
		? { ...place, perSecond: 200, seconds: 1 }
		: { ...place, perSecond: PER_SECOND, seconds: SECONDS };
	try {
		const [heard, talked] = await Promise.all([
			inChild(task, { ...wish, messages: wish.perSecond * wish.seconds, limitMs: SILENCE_MS }),
			// After the listener is there.
			new Promise((wake) => setTimeout(wake, bench.isQuick ? 2_000 : 4_000)).then(() =>
				inChild("talk", wish),
			),
		]);
		return { ...heard, sent: talked.sent, talkMs: talked.ms };
	} finally {
		await place.stop();
	}
}
