/** How often a condition is looked at, in milliseconds. */
const LOOK_EVERY_MS = 20;

/** A condition that comes at all comes within a second, and on a busy machine within this time. */
const UNTIL_MS = 45_000;

/**
 * Waits until `read` gives a value that is neither `undefined` nor `false`. Throws, with `what` and the
 * last error of `read`, when that takes longer than `limitMs`.
 */
export async function until<T>(
	what: string,
	read: () => T | undefined | false | Promise<T | undefined | false>,
	limitMs = UNTIL_MS,
): Promise<T> {
	const giveUpMs = Date.now() + limitMs;
	for (;;) {
		let problem = "";
		try {
			const value = await read();
			if (value !== undefined && value !== false) {
				return value;
			}
		} catch (error) {
			problem = `: ${String(error)}`;
		}
		if (Date.now() > giveUpMs) {
			throw new Error(`Not within ${limitMs} ms: ${what}${problem}`);
		}
		await new Promise((wake) => setTimeout(wake, LOOK_EVERY_MS));
	}
}
