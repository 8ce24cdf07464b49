import { createHook } from "node:async_hooks";

/** A timer that runs, by what it was started with. */
interface Running {
	readonly delayMs: number;
	readonly isRepeated: boolean;
}

/** Enough to see a file of ours below what it calls of Node's and VS Code's. */
const FRAMES = 50;

/** The timers that the code of a folder has started in this process, by Node's own account. */
export class RunningTimers {
	readonly #running = new Map<number, Running>();
	readonly #hook;
	/** The number of timers that were started since the beginning. */
	started = 0;

	/** @param folder absolute path */
	constructor(folder: string) {
		this.#hook = createHook({
			init: (id, type, _trigger, resource) => {
				if (type === "Timeout" && stack().includes(folder)) {
					// Node keeps these fields on its timers (20 and 24); there is no public way to read them.
					const timer = resource as { _idleTimeout: number; _repeat: number | null };
					this.#running.set(id, {
						delayMs: timer._idleTimeout,
						isRepeated: timer._repeat !== null,
					});
					this.started++;
				}
			},
			destroy: (id) => {
				this.#running.delete(id);
			},
		}).enable();
	}

	get running(): readonly Running[] {
		return [...this.#running.values()];
	}

	stop(): void {
		this.#hook.disable();
	}
}

function stack(): string {
	const { stackTraceLimit } = Error;
	Error.stackTraceLimit = FRAMES;
	const { stack: text = "" } = new Error();
	Error.stackTraceLimit = stackTraceLimit;
	return text;
}
