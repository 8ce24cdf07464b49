import { createHook } from "node:async_hooks";

/** A timer that runs, by what it was started with. */
export interface Running {
	/** Of a timer that another one started as it fired: the delay of the first. */
	readonly delayMs: number;
	readonly isRepeated: boolean;
}

/** Enough to see a file of ours below what it calls of Node's and VS Code's. */
const FRAMES = 50;

/** The timers that the code of a folder has started in this process, by Node's own account. */
export class RunningTimers {
	readonly #running = new Map<number, Running>();
	readonly #hook;
	/** All that have been started since the beginning. */
	readonly started: Running[] = [];

	/** @param folder absolute path */
	constructor(folder: string) {
		this.#hook = createHook({
			init: (id, type, trigger, resource) => {
				if (type === "Timeout" && stack().includes(folder)) {
					// What Node keeps on its timers (20 and 24); there is no public account.
					const timer = resource as { _idleTimeout: number; _repeat: number | null };
					const running = {
						// A timer that fires is destroyed after what it does.
						delayMs: this.#running.get(trigger)?.delayMs ?? timer._idleTimeout,
						isRepeated: timer._repeat !== null,
					};
					this.#running.set(id, running);
					this.started.push(running);
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
