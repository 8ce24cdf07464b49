/**
 * Numbers for lines in a queue, growing along it, that stay the same while the order does: a line that
 * leaves at the front does not make all others new.
 */
export class QueueNumbers {
	#numbers = new Map<string, number>();
	#last = 0;

	of(queue: readonly { readonly clientId: string }[]): number[] {
		const numbers = queue.map(({ clientId }) => this.#numbers.get(clientId) ?? ++this.#last);
		const isGrowing = numbers.every((number, index) => number > (numbers[index - 1] ?? 0));
		// Messages were put before others or moved to the end: all get new numbers.
		const result = isGrowing ? numbers : numbers.map(() => ++this.#last);
		this.#numbers = new Map(queue.map(({ clientId }, index) => [clientId, result[index] ?? 0]));
		return result;
	}
}
