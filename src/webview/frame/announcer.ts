import * as l10n from "@vscode/l10n";
import type { Entry, Message, SendState } from "../../shared/chat";
import type { ToWebview } from "../../shared/protocol";
import { isAtLatest, openRoom, type Model } from "../model/model";
import { nameOf } from "../people/names";

/** How often, at most, the screen reader gets something new to say. */
const PAUSE_MS = 1000;
/** Longer messages are cut when read aloud; the log has them whole. */
const MAX_SPOKEN_LENGTH = 300;

/** Messages of one time that are read with their authors. */
const MAX_NAMED = 3;

/** What is worth saying aloud about a fact. */
export interface News {
	/** Messages of others that came while one was connected. */
	readonly messages: readonly Message[];
	/** How many more came that are only counted. */
	readonly others: number;
	/** Sentences about own messages that were not sent, and other problems. */
	readonly problems: readonly string[];
}

const NO_NEWS: News = { messages: [], others: 0, problems: [] };

/**
 * What a fact brings that was not there before. A snapshot brings nothing, nor does what was said
 * while the connection was down, nor older messages, nor newer ones that a reader further up asks for:
 * a backlog is read, not listened to.
 */
export function newsOf(before: Model, fact: ToWebview): News {
	if (fact.type !== "changes" || fact.seq !== before.seq + 1) {
		return NO_NEWS;
	}
	const upserts = fact.changes.flatMap((change) =>
		change.type === "entriesChanged" ? change.upserts : [],
	);
	const arrivals = fact.changes.filter((change) => change.type === "arrivedBelow");
	const below = arrivals.flatMap(({ messages }) => messages);
	if (upserts.length + below.length === 0) {
		return NO_NEWS;
	}
	const known = new Map(before.entries.map((entry) => [entry.key, entry]));
	const newestOrder = before.entries.findLast(isSettled)?.order ?? -Infinity;
	const isLive =
		before.connection.kind === "online" &&
		fact.changes.every((change) => change.type !== "connectionChanged");
	return {
		messages: isLive
			? [
					...(isAtLatest(before) ? upserts : []).filter(
						(entry): entry is Message =>
							isFromOthers(entry) && !known.has(entry.key) && entry.order >= newestOrder,
					),
					...below.filter(isFromOthers),
				]
			: [],
		others: isLive ? arrivals.reduce((sum, { others }) => sum + others, 0) : 0,
		problems: upserts.flatMap((entry) => {
			const problem = problemOf(entry);
			const old = known.get(entry.key);
			return problem === undefined || (old !== undefined && problemOf(old) === problem)
				? []
				: [problem];
		}),
	};
}

/**
 * What came since the last time: one message with its author, more of them by their number, but what is
 * said to oneself always with its author.
 */
export function gather(
	messages: readonly Message[],
	people: Model["people"],
	isDirect = false,
	others = 0,
): string {
	const [only] = messages;
	if (only === undefined) {
		return "";
	}
	const own = messages.filter((message) => isDirect || message.post?.isForMe === true);
	const named = (messages.length + others === 1 ? [only] : own)
		.slice(-MAX_NAMED)
		.map(({ sender, text }) => `${nameOf(people, sender)}: ${text.slice(0, MAX_SPOKEN_LENGTH)}`);
	const rest = messages.length + others - named.length;
	return [...named, ...(rest === 0 ? [] : [countOf(rest)])].join("\n");
}

function countOf(count: number): string {
	return count === 1 ? l10n.t("1 new message") : l10n.t("{0} new messages", count);
}

/** Tells screen readers what is new: gathered and polite, problems at once. */
export class Announcer {
	readonly #polite = liveRegion("polite");
	readonly #assertive = liveRegion("assertive");
	#waiting: Message[] = [];
	#others = 0;
	#sentences: string[] = [];
	#people: Model["people"] = new Map();
	#isDirect = false;
	#timer: number | undefined;

	constructor(root: HTMLElement) {
		root.append(this.#polite, this.#assertive);
	}

	announce(news: News, model: Model): void {
		if (news.problems.length > 0) {
			this.#assertive.textContent = news.problems.join(" ");
		}
		if (news.messages.length > 0) {
			this.#waiting.push(...news.messages);
			this.#others += news.others;
			this.#people = model.people;
			this.#isDirect = openRoom(model)?.kind === "direct";
			this.#timer ??= window.setTimeout(() => this.#flush(), PAUSE_MS);
		}
	}

	/** Says a sentence with what is said next. */
	say(sentence: string): void {
		if (sentence === "") {
			return;
		}
		this.#sentences.push(sentence);
		this.#timer ??= window.setTimeout(() => this.#flush(), PAUSE_MS);
	}

	/** Another room is open: what was to be said of the one before is not said any more. */
	enter(room: string): void {
		this.#forget();
		this.say(room);
	}

	#flush(): void {
		this.#timer = undefined;
		const news = gather(this.#waiting, this.#people, this.#isDirect, this.#others);
		this.#polite.textContent = [...this.#sentences, news].filter((one) => one !== "").join("\n");
		this.#forget();
	}

	#forget(): void {
		this.#waiting = [];
		this.#others = 0;
		this.#sentences = [];
	}
}

function isFromOthers(entry: Entry): entry is Message {
	return entry.kind === "message" && !entry.isOwn;
}

function isSettled(entry: Entry): boolean {
	return entry.kind === "notice" || entry.state.kind === "sent";
}

function problemOf(entry: Entry): string | undefined {
	if (entry.kind === "notice") {
		return entry.what === "sentence" && entry.tone === "problem" ? entry.sentence : undefined;
	}
	return sendProblem(entry.state);
}

function sendProblem(state: SendState): string | undefined {
	switch (state.kind) {
		case "failed":
			return l10n.t("Not sent: {0}", state.reason);
		case "unknown":
			return l10n.t("A message may have been sent; the connection was cut.");
		default:
			return undefined;
	}
}

function liveRegion(politeness: "polite" | "assertive"): HTMLElement {
	const region = document.createElement("div");
	region.className = "ui-spoken";
	region.setAttribute("aria-live", politeness);
	region.setAttribute("aria-atomic", "true");
	return region;
}
