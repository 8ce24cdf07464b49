import { inTurn, type Row } from "../lib/bench";
import { median } from "../lib/figures";
import { noteOwnLine, type OwnLine } from "../lib/inPage";
import type { ChatPage } from "../lib/panelStage";

/** (c): Enter → the own message is on the screen. */
export const row: Row = {
	id: "send-paint",
	what: "Enter → own message on the screen",
	async measure(bench) {
		const lines = bench.isQuick ? 3 : 20;
		const place = await bench.fresh("ours", bench.sizes.small);
		const stage = await bench.stage();
		let panel: ChatPage | undefined;
		let plain: ChatPage | undefined;
		try {
			panel = await stage.openWindow(place);
			await panel.open();
			plain = await stage.openPlain(place);
			await plain.open();
			const [ourPage, plainPage] = [panel, plain];
			const { ours, baseline } = await inTurn(
				bench,
				() => sayLines(ourPage, lines),
				() => sayLines(plainPage, lines),
			);
			const sizes = { messages: place.messages, lines };
			return [
				{
					part: "frames",
					what: "frames from Enter until the own message is in one, against (c) a page that waits for the server",
					unit: "frames",
					ours: ours.map((own) => median(own.map(({ frames }) => frames))),
					baseline: baseline.map((own) => median(own.map(({ frames }) => frames))),
					target: "1: the next frame",
					sizes,
				},
				{
					part: "most-frames",
					what: "the same, the slowest line",
					unit: "frames",
					ours: ours.map((own) => Math.max(...own.map(({ frames }) => frames))),
					baseline: baseline.map((own) => Math.max(...own.map(({ frames }) => frames))),
					sizes,
				},
				{
					part: "ms",
					what: "Enter → own message painted, against (c)",
					unit: "ms",
					ours: ours.map((own) => median(own.map(({ ms }) => ms))),
					baseline: baseline.map((own) => median(own.map(({ ms }) => ms))),
					sizes,
				},
			];
		} finally {
			await panel?.close();
			await plain?.close();
			await place.stop();
		}
	},
};

/** Lines that somebody types and sends, one after the other. */
async function sayLines(chat: ChatPage, lines: number): Promise<OwnLine[]> {
	await chat.page.bringToFront();
	const frame = await chat.frame();
	const composer = await chat.composer();
	const own: OwnLine[] = [];
	for (let line = 0; line < lines; line++) {
		const text = `own line ${crypto.randomUUID()}`;
		await composer.fill(text);
		await frame.evaluate(noteOwnLine, text);
		await composer.press("Enter");
		const noted = await frame.evaluate(() => globalThis.bench?.ownLine);
		if (noted !== undefined) {
			own.push(noted);
		}
		await chat.page.waitForTimeout(100);
	}
	return own;
}
