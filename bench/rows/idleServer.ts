import { setTimeout as sleep } from "node:timers/promises";
import WebSocket from "ws";
import type { Row } from "../lib/bench";
import { plain, shipped } from "../lib/inChild";
import { cpuSeconds } from "../lib/processes";
import type { Seeded } from "../lib/seeded";

/** The protocol of servers 1.x, as the SDK requests it. */
const PROTOCOL = "v1.bsatn.spacetimedb";
/** Messages a second in a lively room. */
const PER_SECOND = 10;

/** (a): the server's CPU time for the panels of people who do nothing. */
export const idleServer: Row = async (bench) =>
	bench.withFresh(async (database) => {
		const { pid } = database;
		const [clients, seconds] = bench.isQuick ? [5, 1] : [100, 15];
		const use = async (act: () => Promise<unknown>) => {
			const [beganMs, before] = [performance.now(), cpuSeconds(pid)];
			await act();
			return ((cpuSeconds(pid) - before) / (performance.now() - beganMs)) * 60_000;
		};
		const measure = async (frames: readonly string[]) => {
			const sockets: WebSocket[] = [];
			while (sockets.length < clients) {
				sockets.push(await openIdle(database, frames));
			}
			await sleep(Math.min(2, seconds) * 1_000);
			const quiet = await use(() => sleep(seconds * 1_000));
			const args = { ...database, perSecond: PER_SECOND, seconds };
			const lively = await use(() => plain.sendMessages(args));
			for (const socket of sockets) {
				socket.terminate();
			}
			return { quiet, lively };
		};
		const ours = await shipped.frames(database);
		const everything = await plain.frames(database);
		const runs = await bench.inTurn(
			() => measure(ours),
			() => measure(everything),
		);
		return {
			sizes: { clients, perSecond: PER_SECOND },
			figures: {
				"idle-server.quiet": runs.both(({ quiet }) => quiet),
				"idle-server.lively": runs.both(({ lively }) => lively),
			},
		};
	});

/** Opens a socket that sends the frames of a client, in base64, and ignores its answers. */
async function openIdle({ url, database }: Seeded, frames: readonly string[]): Promise<WebSocket> {
	const address = new URL(`/v1/database/${database}/subscribe?compression=Gzip&light=true`, url);
	address.protocol = "ws:";
	const socket = new WebSocket(address, PROTOCOL, { perMessageDeflate: false });
	await new Promise((opened, failed) => {
		socket.once("open", opened);
		socket.once("error", failed);
	});
	for (const frame of frames) {
		socket.send(Buffer.from(frame, "base64"));
	}
	return socket;
}
