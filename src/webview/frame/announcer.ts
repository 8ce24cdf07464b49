import * as l10n from "@vscode/l10n";
import type { Entry, Message, SendState } from "../../shared/chat";
import type { ToWebview } from "../../shared/protocol";
import { isAtLatest, openRoom, type Model } from "../model/model";
import { nameOf } from "../people/names";
import { newMessages } from "../ui/counts";

/** The shortest time between two announcements. */
const INTERVAL_MS = 1000;
/** The longest text of one message in an announcement. */
const MAX_SPOKEN_LENGTH = 300;

/** The most messages that one announcement reads with their authors. */
const MAX_NAMED = 3;

/** The content of an event that is announced. */
export interface News {
	/** Messages of other people that came while the connection was up. */
	readonly messages: readonly Message[];
	/** The number of further messages that are only counted. */
	readonly others: number;
	/** Sentences about own messages that failed, and other problems. */
	readonly problems: readonly string[];
}

const NO_NEWS: News = { messages: [], others: 0, problems: [] };

/**
 * Returns the news of an event. A snapshot has none. Messages of the backlog, or from a time without
 * connection, are no news either: the log shows them, and nothing reads them aloud.
 */
export function newsOf(before: Model, event: ToWebview): News {
	if (event.type !== "changes" || event.seq !== before.seq + 1) {
		return NO_NEWS;
	}
	const upserts = event.changes.flatMap((change) =>
		change.type === "entriesChanged" ? change.upserts : [],
	);
	const arrivals = event.changes.filter((change) => change.type === "arrivedBelow");
	const below = arrivals.flatMap(({ messages }) => messages);
	if (upserts.length + below.length === 0) {
		return NO_NEWS;
	}
	const known = new Map(before.entries.map((entry) => [entry.key, entry]));
	const newestOrder = before.entries.findLast(isSent)?.order ?? -Infinity;
	const isLive =
		before.connection.kind === "online" &&
		event.changes.every((change) => change.type !== "connectionChanged");
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
 * Returns the announcement of gathered messages. One message has its author, several are counted. Messages
 * that mention the reader always have their authors.
 */
export function announcementOf(
	messages: readonly Message[],
	people: Model["people"],
	isDirect = false,
	others = 0,
): string {
	const [only] = messages;
	if (only === undefined) {
		return "";
	}
	const mentions = messages.filter((message) => isDirect || message.post?.isForMe === true);
	const named = (messages.length + others === 1 ? [only] : mentions)
		.slice(-MAX_NAMED)
		.map(({ sender, text }) =>
			l10n.t("{0}: {1}", nameOf(people, sender), text.slice(0, MAX_SPOKEN_LENGTH)),
		);
	const rest = messages.length + others - named.length;
	return [...named, ...(rest === 0 ? [] : [newMessages(rest)])].join("\n");
}

/** Announces news to screen readers: messages gathered and politely, problems at once. */
export class Announcer {
	readonly #polite = liveRegion("polite");
	readonly #assertive = liveRegion("assertive");
	#messages: Message[] = [];
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
			this.#messages.push(...news.messages);
			this.#others += news.others;
			this.#people = model.people;
			this.#isDirect = openRoom(model)?.kind === "direct";
			this.#timer ??= window.setTimeout(() => this.#flush(), INTERVAL_MS);
		}
	}

	/** Adds a sentence to the next announcement. */
	announceSentence(sentence: string): void {
		if (sentence === "") {
			return;
		}
		this.#sentences.push(sentence);
		this.#timer ??= window.setTimeout(() => this.#flush(), INTERVAL_MS);
	}

	/** Announces another room, and drops the pending announcements of the one before. */
	roomEntered(room: string): void {
		this.#clear();
		this.announceSentence(room);
	}

	#flush(): void {
		this.#timer = undefined;
		const news = announcementOf(this.#messages, this.#people, this.#isDirect, this.#others);
		this.#polite.textContent = [...this.#sentences, news].filter((one) => one !== "").join("\n");
		this.#clear();
	}

	#clear(): void {
		this.#messages = [];
		this.#others = 0;
		this.#sentences = [];
	}
}

function isFromOthers(entry: Entry): entry is Message {
	return entry.kind === "message" && !entry.isOwn;
}

function isSent(entry: Entry): boolean {
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
