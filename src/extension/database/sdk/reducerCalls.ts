import type { CallResult } from "../../chat/backend";

/** Time for an answer. Some failures are never told to the caller (SDK 1.3.3), hence a limit. */
const CALL_TIMEOUT_MS = 10_000;

interface OpenCall {
	readonly argument: string;
	readonly onResult: (result: CallResult) => void;
	readonly timer: NodeJS.Timeout;
}

/**
 * Calls without an answer yet, by reducer. SDK 1.3.3 gives every call the request id 0, so an answer is
 * matched by reducer and argument; the server answers a connection's calls in their order.
 */
export class ReducerCalls {
	readonly #open = new Map<string, OpenCall[]>();

	/** Remembers a call that is being sent. */
	begin(reducer: string, argument: string, onResult: (result: CallResult) => void): void {
		const call: OpenCall = {
			argument,
			onResult,
			timer: setTimeout(() => {
				this.#remove(reducer, call);
				onResult({ kind: "noAnswer", why: "timeout" });
			}, CALL_TIMEOUT_MS),
		};
		const calls = this.#open.get(reducer) ?? [];
		calls.push(call);
		this.#open.set(reducer, calls);
	}

	/** Settles the oldest open call of `reducer` with `argument`; an answer nobody waits for is let go. */
	answer(reducer: string, argument: string, result: CallResult): void {
		const call = this.#open.get(reducer)?.find((open) => open.argument === argument);
		if (call !== undefined) {
			this.#remove(reducer, call);
			call.onResult(result);
		}
	}

	/** The link is gone. */
	cut(): void {
		const calls = [...this.#open.values()].flat();
		this.#open.clear();
		for (const { timer, onResult } of calls) {
			clearTimeout(timer);
			onResult({ kind: "noAnswer", why: "cut" });
		}
	}

	#remove(reducer: string, call: OpenCall): void {
		clearTimeout(call.timer);
		const calls = this.#open.get(reducer) ?? [];
		this.#open.set(
			reducer,
			calls.filter((open) => open !== call),
		);
	}
}
