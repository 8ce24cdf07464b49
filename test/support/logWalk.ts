import type { WorkbenchWindow } from "../../scripts/lib/workbench.mjs";

/** Between two turns of the wheel. */
const TURN_MS = 60;
const LIMIT_MS = 120_000;

/** What somebody has met who scrolled up through messages that say `text` and a number. */
export interface Walk {
	/** The numbers, in order. */
	readonly met: readonly number[];
	/** Turns after which what was read lay elsewhere. */
	readonly jumps: number;
	/** Messages in the log at once, at most. */
	readonly most: number;
}

/** The numbers of the seeded messages in the log, as they stand there. */
export async function numbersIn(window: WorkbenchWindow): Promise<number[]> {
	const texts = await window.messages.locator(".message-body").allInnerTexts();
	return texts.flatMap((text) => {
		const number = /^text (\d+)$/.exec(text.trim())?.[1];
		return number === undefined ? [] : [Number(number)];
	});
}

/** Whole numbers, both ends included. */
export function range(from: number, to: number): number[] {
	return Array.from({ length: to - from + 1 }, (_, index) => from + index);
}

/** Scrolls up until this number is in the log, or too much time has gone. */
export async function walkUpTo(window: WorkbenchWindow, number: number): Promise<Walk> {
	const frame = await window.panelFrame();
	// Runs in the panel: turns the wheel up, and looks after each turn where what was read is now.
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
				// The text that is read, after the turn and before anything comes in front of it.
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
