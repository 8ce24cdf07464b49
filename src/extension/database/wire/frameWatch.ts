/** Time after a frame before the watch checks that the SDK has read it. */
const QUIET_MS = 100;
/** Time in which the SDK reads every frame, unless it has stopped. */
const STUCK_MS = 400;

/** `TransactionUpdateLight` (tag 2) with request id 0 and no tables, which the SDK reads without effect. */
const EMPTY_FRAME = new Uint8Array([2, 0, 0, 0, 0, 0, 0, 0, 0]);

/**
 * Notices when the SDK has stopped. SDK 1.3.3 handles frames in a chain of promises, which one exception ends
 * silently; every later frame is lost. The SDK reads `message.data` when it begins with a frame, which proves
 * that all earlier frames succeeded. So `data` is a getter that counts, and an empty frame after a burst
 * proves that the last frame succeeded.
 */
export class FrameWatch {
	readonly #deliverToSdk: (message: { readonly data: Uint8Array }) => void;
	readonly #onStopped: (detail: string) => void;
	#delivered = 0;
	#read = 0;
	#timer: NodeJS.Timeout | undefined;
	#isStopped = false;

	constructor(
		deliverToSdk: (message: { readonly data: Uint8Array }) => void,
		onStopped: (detail: string) => void,
	) {
		this.#deliverToSdk = deliverToSdk;
		this.#onStopped = onStopped;
	}

	deliver(frame: Uint8Array): void {
		this.#pass(frame);
		this.#timer ??= setTimeout(() => this.#check(), QUIET_MS);
	}

	stop(): void {
		this.#isStopped = true;
		clearTimeout(this.#timer);
	}

	#pass(frame: Uint8Array): void {
		const number = ++this.#delivered;
		const markRead = () => {
			this.#read = Math.max(this.#read, number);
		};
		this.#deliverToSdk({
			get data() {
				markRead();
				return frame;
			},
		});
	}

	#check(): void {
		this.#pass(EMPTY_FRAME);
		const last = this.#delivered;
		this.#timer = setTimeout(() => {
			this.#timer = undefined;
			if (this.#isStopped) {
				return;
			}
			if (this.#read < last) {
				this.#onStopped(`stopped at frame ${this.#read} of ${last}`);
			} else if (this.#delivered > last) {
				this.#timer = setTimeout(() => this.#check(), QUIET_MS);
			}
		}, STUCK_MS);
	}
}
