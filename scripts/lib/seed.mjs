// Makes a long history for benches and tests: the same messages for the same seed.

import { join } from "node:path";
import { callReducer, publishNew } from "./databases.mjs";
import { CHECKOUT } from "./dependencies.mjs";
import { buildModule } from "./wasm.mjs";

const VOCABULARY = 50_000;
const MEAN_WORDS = 9;
const MAX_WORDS = 80;
const PEOPLE = 50;
/** The server accepts 2 MB a call. */
const MESSAGES_A_CALL = 5_000;
/** 2024-01-01. A million messages end half a year later. */
const FROM_MICROS = 1_704_067_200_000_000;
const STEP_MICROS = 15_000_000;
/** One message in this many has a unique word: see `needle`. */
export const NEEDLE_EVERY = 10_000;

const CONSONANTS = "bcdfghjklmnprstvwxyz";
const VOWELS = "aeiou";

/**
 * Returns the word of a rank in the vocabulary: 0 is the commonest, 49,999 the rarest.
 * @param {number} rank
 */
export function wordOf(rank) {
	let word = "";
	for (let left = rank + 1; left > 0; left = Math.floor((left - 1) / 100)) {
		// Neither the common nor the rare words all begin alike.
		const syllable = ((left - 1) * 37) % 100;
		word += `${CONSONANTS[Math.floor(syllable / 5)]}${VOWELS[syllable % 5]}`;
	}
	return word;
}

/**
 * Returns the unique word of a message, whose number is a multiple of `NEEDLE_EVERY`.
 * @param {number} index
 */
export function needle(index) {
	return `needle${index}`;
}

/** Returns a generator of pseudo-random numbers from 0 to 1 (mulberry32). @param {number} seed */
function dice(seed) {
	let state = seed >>> 0;
	return () => {
		state = (state + 0x6d2b79f5) >>> 0;
		let mixed = Math.imul(state ^ (state >>> 15), state | 1);
		mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
		return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
	};
}

/**
 * Makes texts as people write them: few words are common, most are rare, some are names from code.
 * @param {number} seed
 * @returns {() => { sender: number, text: string }} the next message
 */
export function seededMessages(seed) {
	const random = dice(seed);
	// Zipf's law: the frequency of a word falls with its rank.
	const word = () => wordOf(Math.floor(VOCABULARY ** random()) - 1);
	let index = 0;
	return () => {
		const wanted = Math.floor(-Math.log(1 - random()) * (MEAN_WORDS - 0.5)) + 1;
		const words = Array.from({ length: Math.min(wanted, MAX_WORDS) }, word);
		if (random() < 0.03) {
			const [first, second] = [word(), word()];
			words.push(`${first}${second[0]?.toUpperCase()}${second.slice(1)}()`);
		}
		if (index % NEEDLE_EVERY === 0) {
			words.push(needle(index));
		}
		index += 1;
		return { sender: Math.floor(random() * PEOPLE), text: words.join(" ") };
	};
}

/**
 * Creates a quickstart database with `count` messages. An upgrade with our module turns them into posts.
 * @param {string} url
 * @param {string} database
 * @param {{ token: string }} owner
 * @param {{ count: number, seed: number }} options
 */
export async function publishSeeded(url, database, { token }, { count, seed }) {
	const module = await buildModule(join(CHECKOUT, "test", "modules", "seeded"));
	await publishNew(url, database, token, module);
	/** @param {string} reducer @param {unknown[]} args */
	const call = async (reducer, args) => {
		const answer = await callReducer(url, database, token, reducer, args);
		if (!answer.ok) {
			throw new Error(`${reducer}: ${answer.message}`);
		}
	};
	await call("fill_people", [Array.from({ length: PEOPLE }, (_, index) => `person${index}`)]);
	const next = seededMessages(seed);
	for (let done = 0; done < count; done += MESSAGES_A_CALL) {
		const messages = Array.from({ length: Math.min(MESSAGES_A_CALL, count - done) }, next);
		const senders = messages.map(({ sender }) => sender);
		const texts = messages.map(({ text }) => text);
		await call("fill_messages", [FROM_MICROS + done * STEP_MICROS, STEP_MICROS, senders, texts]);
	}
}
