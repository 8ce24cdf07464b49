/** The time between two looks at a condition, in milliseconds. */
const LOOK_EVERY_MS = 20;

/** A condition that comes at all comes within a second, and on a busy machine within this time. */
const UNTIL_MS = 45_000;

/**
 * Waits until `read` returns a value other than `undefined` and `false`. After `limitMs`, throws an error
 * with `what` and the last error of `read`.
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
