import type { Bench } from "../lib/bench";
import { median } from "../lib/figures";
import { plain, shipped } from "../lib/inChild";
import { noteOwnMessage, type OwnMessage } from "../lib/inPage";
import type { ChatPage } from "../lib/panelStage";

export const sending = { "send-ack": sendAck, "send-paint": sendPaint };

/** (b): the panel's own time in the round trip of the calls that it makes. */
async function sendAck(bench: Bench) {
	return bench.withFresh(async (database) => {
		const [warmUps, messages] = bench.isQuick ? [5, 20] : [50, 300];
		const args = { ...database, warmUps, messages };
		const sendPlainly = async (calls: "announced" | "posted", holds: "little" | "panel") =>
			median(await plain.send({ ...args, calls, holds }));
		const { ours, baseline } = await bench.inTurn(
			() => shipped.send(args),
			async () => ({
				announced: await sendPlainly("announced", "little"),
				subscribed: await sendPlainly("announced", "panel"),
				posted: await sendPlainly("posted", "little"),
			}),
		);
		const write = ours.map((sent) => median(sent.map(({ writeToAckMs }) => writeToAckMs)));
		const enter = ours.map((sent) => median(sent.map(({ enterToAckMs }) => enterToAckMs)));
		const announced = baseline.map((times) => times.announced);
		const subscribed = baseline.map((times) => times.subscribed);
		return {
			figures: {
				"send-ack": { ours: write, baseline: announced },
				"send-ack.subscribed": { ours: write, baseline: subscribed },
				"send-ack.enter": { ours: enter, baseline: announced },
				"send-ack.announce": { ours: announced, baseline: baseline.map(({ posted }) => posted) },
			},
		};
	});
}

/** (c): from Enter until the own message is on screen. */
async function sendPaint(bench: Bench) {
	return bench.withFresh(async (database) => {
		const messages = bench.isQuick ? 3 : 20;
		const stage = await bench.stage();
		const panel = await stage.openWindow(database);
		const plain = await stage.openPlain(database);
		try {
			await panel.open();
			await plain.open();
			const runs = await bench.inTurn(
				() => sendMessages(panel, messages),
				() => sendMessages(plain, messages),
			);
			const framesOf = (own: readonly OwnMessage[]) => own.map(({ frames }) => frames);
			return {
				figures: {
					"send-paint.frames": runs.both((own) => median(framesOf(own))),
					"send-paint.most-frames": runs.both((own) => Math.max(...framesOf(own))),
					"send-paint.ms": runs.both((own) => median(own.map(({ ms }) => ms))),
				},
			};
		} finally {
			await panel.close();
			await plain.close();
		}
	});
}

/** Types and sends messages one after the other. */
async function sendMessages(chat: ChatPage, count: number): Promise<OwnMessage[]> {
	await chat.page.bringToFront();
	const frame = await chat.frame();
	const own: OwnMessage[] = [];
	for (let index = 0; index < count; index++) {
		const text = `own message ${crypto.randomUUID()}`;
		await chat.composer.fill(text);
		const noted = await frame.evaluateHandle(noteOwnMessage, text);
		await chat.composer.press("Enter");
		own.push(await noted.evaluate(({ shown }) => shown));
		await chat.page.waitForTimeout(100);
	}
	return own;
}
