import type { WorkbenchWindow } from "../../scripts/lib/workbench.mjs";

/** The time between two turns of the wheel. */
const TURN_MS = 60;
const LIMIT_MS = 120_000;

/** The messages seen while scrolling up; their texts are `text` and a number. */
export interface Walk {
	/** The numbers, in order. */
	readonly met: readonly number[];
	/** Turns of the wheel after which the message being read had moved. */
	readonly jumps: number;
	/** The most messages in the log at a time. */
	readonly most: number;
}

/** Returns the numbers of the seeded messages, in the order of the log. */
export async function numbersIn(window: WorkbenchWindow): Promise<number[]> {
	const texts = await window.messages.locator(".message-body").allInnerTexts();
	return texts.flatMap((text) => {
		const number = /^text (\d+)$/.exec(text.trim())?.[1];
		return number === undefined ? [] : [Number(number)];
	});
}

/** Returns whole numbers, both ends included. */
export function range(from: number, to: number): number[] {
	return Array.from({ length: to - from + 1 }, (_, index) => from + index);
}

/** Scrolls up until this number is in the log, or the time is over. */
export async function walkUpTo(window: WorkbenchWindow, number: number): Promise<Walk> {
	const frame = await window.panelFrame();
	// Runs in the panel. Turns the wheel up, and finds the message being read after each turn.
	return frame.evaluate(
		async ({ wanted, turnMs, limitMs }) => {
			const log = document.querySelector<HTMLElement>("[role=log]")!;
			const articles = () => [...log.querySelectorAll<HTMLElement>("article[data-kind=message]")];
			const numberOf = (article: HTMLElement) =>
				Number(/text (\d+)/.exec(article.textContent)?.[1] ?? "-1");
			const met = new Set<number>();
			let [jumps, most] = [0, 0];
			const deadline = Date.now() + limitMs;
			while (Date.now() < deadline) {
				const all = articles();
				const numbers = all.map(numberOf);
				most = Math.max(most, all.length);
				numbers.forEach((one) => met.add(one));
				if (Math.min(...numbers) <= wanted) {
					break;
				}
				log.scrollTop -= log.clientHeight * 0.8;
				// The message being read, after the turn and before older messages arrive.
				const top = log.getBoundingClientRect().top;
				const read = [...log.querySelectorAll("article[data-kind=message] > .message-body")].find(
					(one) => one.getBoundingClientRect().top > top,
				);
				const y = read?.getBoundingClientRect().top ?? 0;
				await new Promise((wake) => setTimeout(wake, turnMs));
				if (read?.isConnected === true) {
					jumps += Math.abs(read.getBoundingClientRect().top - y) > 0.5 ? 1 : 0;
				}
			}
			return { met: [...met].sort((a, b) => a - b), jumps, most };
		},
		{ wanted: number, turnMs: TURN_MS, limitMs: LIMIT_MS },
	);
}
