/** How long the line may be quiet before the last frame is asked about. */
const QUIET_MS = 100;
/** How long the SDK may take to get through what it was given, the event loop being free. */
const STUCK_MS = 400;

/** `TransactionUpdateLight` (tag 2) with request id 0 and no tables: the SDK reads it and does nothing. */
const NOTHING = new Uint8Array([2, 0, 0, 0, 0, 0, 0, 0, 0]);

/**
 * Notices when the SDK has stopped. SDK 1.3.3 handles frames in a chain of promises; one exception in
 * it ends the chain without a word, and every later frame is lost. It reads `message.data` as it
 * begins with a frame, hence after all earlier ones went well: so each frame's `data` is a getter that
 * counts, and after a burst one empty frame asks about the last.
 */
export class FrameWatch {
	readonly #hand: (message: { readonly data: Uint8Array }) => void;
	readonly #stuck: (detail: string) => void;
	#delivered = 0;
	#begun = 0;
	#timer: NodeJS.Timeout | undefined;
	#isStopped = false;

	constructor(
		hand: (message: { readonly data: Uint8Array }) => void,
		stuck: (detail: string) => void,
	) {
		this.#hand = hand;
		this.#stuck = stuck;
	}

	deliver(frame: Uint8Array): void {
		this.#pass(frame);
		this.#timer ??= setTimeout(() => this.#ask(), QUIET_MS);
	}

	stop(): void {
		this.#isStopped = true;
		clearTimeout(this.#timer);
	}

	#pass(frame: Uint8Array): void {
		const number = ++this.#delivered;
		const begin = () => {
			this.#begun = Math.max(this.#begun, number);
		};
		this.#hand({
			get data() {
				begin();
				return frame;
			},
		});
	}

	#ask(): void {
		this.#pass(NOTHING);
		const asked = this.#delivered;
		this.#timer = setTimeout(() => {
			this.#timer = undefined;
			if (this.#isStopped) {
				return;
			}
			if (this.#begun < asked) {
				this.#stuck(`stopped at frame ${this.#begun} of ${asked}`);
			} else if (this.#delivered > asked) {
				this.#timer = setTimeout(() => this.#ask(), QUIET_MS);
			}
		}, STUCK_MS);
	}
}
