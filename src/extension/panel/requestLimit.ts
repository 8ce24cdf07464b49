/** Requests a second: far more than a person makes, and few enough for a faulty page to do no harm. */
const PER_SECOND = 100;

/** Lets a bounded number of messages of the view through in each second. */
export class RequestLimit {
	readonly #now: () => number;
	#secondBegan = Number.NEGATIVE_INFINITY;
	#count = 0;

	/** @param now milliseconds on any clock */
	constructor(now: () => number = Date.now) {
		this.#now = now;
	}

	/** Returns `overflow` once a second, for the first request over the limit. */
	admit(): "yes" | "no" | "overflow" {
		const now = this.#now();
		if (now - this.#secondBegan >= 1_000) {
			this.#secondBegan = now;
			this.#count = 0;
		}
		this.#count++;
		if (this.#count <= PER_SECOND) {
			return "yes";
		}
		return this.#count === PER_SECOND + 1 ? "overflow" : "no";
	}
}
