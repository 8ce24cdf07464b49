import type { Break, Cut } from "./faultProxy";
import type { TestWindow } from "./testWindow";

const HOWS: readonly Cut[] = ["reset", "close", "stall"];

/** Counts the lines that went from the socket back to waiting, since no answer came. */
export function countUnanswered({ session: { delivery } }: TestWindow): { count: number } {
	const counter = { count: 0 };
	let inFlight: string | undefined;
	delivery.onDidChange((outbox) => {
		counter.count += outbox.some((line) => line.clientId === inFlight && line.state === "queued")
			? 1
			: 0;
		inFlight = outbox.find(({ state }) => state === "inFlight")?.clientId;
	});
	return counter;
}

/** Counts the acked lines that a snapshot lacks: a killed server has lost their commits. */
export function countForgotten({ session: { delivery } }: TestWindow): { count: number } {
	const counter = { count: 0 };
	const applied = delivery.applied.bind(delivery);
	delivery.applied = (backend, me, rows) => {
		const there = new Set(rows.map(({ clientId }) => clientId));
		counter.count += delivery.outbox.filter(
			({ state, clientId }) => state === "acked" && !there.has(clientId),
		).length;
		return applied(backend, me, rows);
	};
	return counter;
}

/**
 * Plans where a WebSocket breaks: in the upgrade request or the subscriptions (about 3,500 bytes up), in
 * the snapshot, or within the first dozen of lines (about 150 bytes up each) and their answers.
 */
export function anyBreak(): Break {
	const below = (limit: number) => Math.floor(Math.random() * limit);
	return {
		upBytes: below(6_000),
		downBytes: Math.random() < 0.5 ? below(20_000) : below(400),
		how: HOWS[below(HOWS.length)] ?? "reset",
	};
}
