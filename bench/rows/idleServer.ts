import { setTimeout as sleep } from "node:timers/promises";
import { inTurn, type Row } from "../lib/bench";
import { NotMeasured } from "../lib/figures";
import { inChild } from "../lib/inChild";
import { cpuSeconds } from "../lib/processUse";
import { RawClients } from "../lib/rawClients";
import type { Seeded } from "../lib/seeded";

const CLIENTS = 100;
/** While somebody talks, so many messages a second: a lively room. */
const PER_SECOND = 10;
const SECONDS = 15;

interface Used {
	/** CPU seconds of the server in a minute. */
	readonly quiet: number;
	readonly lively: number;
}

/** (a): what the panels of people who do nothing cost the server. */
export const row: Row = {
	id: "idle-server",
	what: `server's CPU for ${CLIENTS} idle panels`,
	async measure(bench) {
		const place = await bench.fresh("ours", bench.sizes.small);
		try {
			if (cpuSeconds(place.pid) === undefined) {
				throw new NotMeasured("only Linux tells what a process used");
			}
			const clients = bench.isQuick ? 5 : CLIENTS;
			const seconds = bench.isQuick ? 1 : SECONDS;
			const frames = {
				ours: await inChild("framesOfOurs", place),
				everything: await inChild("framesOfEverything", place),
			};
			const { ours, baseline } = await inTurn(
				bench,
				() => useOf(place, frames.ours, clients, seconds),
				() => useOf(place, frames.everything, clients, seconds),
			);
			const sizes = { clients, seconds, messages: place.messages };
			return [
				{
					part: "quiet",
					what: `server: ${clients} idle panels and nobody talks, against (a) subscriptions to everything`,
					unit: "cpu-s/min",
					ours: ours.map(({ quiet }) => quiet),
					baseline: baseline.map(({ quiet }) => quiet),
					sizes,
				},
				{
					part: "lively",
					what: `server: ${clients} idle panels and ${PER_SECOND} messages a second, against (a)`,
					unit: "cpu-s/min",
					ours: ours.map(({ lively }) => lively),
					baseline: baseline.map(({ lively }) => lively),
					sizes: { ...sizes, perSecond: PER_SECOND },
				},
			];
		} finally {
			await place.stop();
		}
	},
};

async function useOf(
	place: Seeded,
	frames: readonly string[],
	clients: number,
	seconds: number,
): Promise<Used> {
	const raw = await RawClients.connect(place, frames, clients);
	try {
		await sleep(Math.min(2, seconds) * 1_000);
		const use = async (act: () => Promise<unknown>) => {
			const [beganMs, before] = [performance.now(), cpuSeconds(place.pid) ?? Number.NaN];
			await act();
			const used = (cpuSeconds(place.pid) ?? Number.NaN) - before;
			return (used / (performance.now() - beganMs)) * 60_000;
		};
		const quiet = await use(() => sleep(seconds * 1_000));
		const lively = await use(() => inChild("talk", { ...place, perSecond: PER_SECOND, seconds }));
		return { quiet, lively };
	} finally {
		raw.leave();
	}
}
