import { l10n } from "vscode";
import type { ConnectionState } from "../../shared/connectionState";
import type { TextLimits } from "../../shared/chat";
import { STOCK_LIMITS } from "../../shared/chat";
import { readLine } from "../../shared/line";
import type { SendOutcome } from "../../shared/protocol";
import { cleanMessage, cleanName } from "../../shared/text";
import type { Backend, BackendSnapshot, CallResult, Pages } from "../backend/backend";
import type { Address } from "../connection/address";
import type { ConnectionSources } from "../connection/chatConnection";
import { ChatConnection } from "../connection/chatConnection";
import { Owner } from "../disposable";
import { ChatHistory } from "../history/chatHistory";
import { ChatSearch } from "../history/chatSearch";
import { ChatStore } from "./chatStore";
import { Delivery } from "./delivery";
import type { Journal } from "./journal";
import { mayBeThereSinceMs } from "./outbox";
import { messageSentence, nameSentence } from "./textSentence";

/** Which identity was ours last in which database, so that lines wait for the right person. */
export interface Identities {
	of(addressKey: string): string | undefined;
	remember(addressKey: string, identity: string | undefined): void;
}

export interface SessionSources extends ConnectionSources {
	readonly journal: Journal;
	readonly identities: Identities;
}

/** The chat of this window: the connection, what it told, and what is on its way. */
export class ChatSession extends Owner {
	readonly store = this.register(new ChatStore());
	readonly history: ChatHistory;
	readonly search: ChatSearch;
	readonly delivery: Delivery;
	readonly connection: ChatConnection;
	readonly #sources: SessionSources;
	#backend: Backend | undefined;
	/** Where the store's content is from, and whose eyes saw it. */
	#origin: string | undefined;
	/** The database that the history is of. */
	#place: string | undefined;

	constructor(sources: SessionSources) {
		super();
		this.#sources = sources;
		this.history = new ChatHistory(this.store, sources.log);
		this.search = new ChatSearch(this.store, () => this.#backend);
		this.delivery = this.register(new Delivery(sources.journal));
		this.register(this.delivery.onDidChange((outbox) => this.store.showOutbox(outbox)));
		this.connection = this.register(
			new ChatConnection(sources, {
				openWish: () => this.history.openWish(mayBeThereSinceMs(this.delivery.outbox)),
				applied: (backend, snapshot, me) => this.#applied(backend, snapshot, me),
				cut: () => this.#cut(),
				personChanged: (person, before) => this.store.personChanged(person, before),
				personGone: (identity) => this.store.personGone(identity),
				headMoved: (pages) => this.history.headMoved(pages),
				messageArrived: (row) => this.store.messageArrived(row, this.delivery.arrived(row)),
				messageGone: (key) => this.store.messageGone(key),
			}),
		);
		this.register(this.delivery.onDidTimeOut(() => this.connection.rebuild()));
		this.register(
			this.connection.onDidChangeState(({ kind }) => {
				if (kind === "connecting") {
					this.#enter();
				}
			}),
		);
		this.#enter();
	}

	get state(): ConnectionState {
		return this.connection.state;
	}

	/** The history of the database that we are connected to. */
	get pages(): Pages | undefined {
		return this.#backend?.pages;
	}

	get limits(): TextLimits {
		return this.#backend?.limits ?? STOCK_LIMITS;
	}

	/** The configured database, if the settings name one. */
	get address(): Address | undefined {
		const address = this.#sources.readAddress();
		return typeof address === "string" ? undefined : address;
	}

	/**
	 * Takes a line as it was typed. Settles once: `accepted` when the line is the host's to care for,
	 * `refused` with a sentence when the writer must have it back.
	 */
	say(clientId: string, line: string, settle: (outcome: SendOutcome) => void): void {
		const wish = readLine(line);
		switch (wish.kind) {
			case "name":
				this.setName(wish.name, settle);
				return;
			case "message": {
				const message = cleanMessage(wish.text, this.limits.messageLength);
				if (!message.ok) {
					settle({ kind: "refused", sentence: messageSentence(message.problem) });
					return;
				}
				void this.delivery
					.enqueue(clientId, message.text)
					.then((problem) =>
						settle(
							problem === undefined ? { kind: "accepted" } : { kind: "refused", sentence: problem },
						),
					);
				return;
			}
			case "help":
			case "unknownCommand":
				settle({
					kind: "refused",
					sentence: l10n.t("Use /name to set your name. Start with // to send a slash."),
				});
		}
	}

	/** Tries a line again. One that is still on its way gets a fresh connection, under its same id. */
	retry(clientId: string): void {
		if (this.delivery.isOnItsWay(clientId)) {
			this.connection.connect();
		} else {
			this.delivery.retry(clientId);
		}
	}

	/** Drops a line. For one that was handed to the server already, the link goes too: no answer counts. */
	discard(clientId: string): void {
		this.delivery.discard(clientId);
		if (this.delivery.isOnItsWay(clientId)) {
			this.connection.connect();
		}
	}

	/** Sets the own name; `refused` holds the name and the reason. */
	setName(raw: string, settle: (outcome: SendOutcome) => void): void {
		const refuse = (reason: string) =>
			settle({
				kind: "refused",
				sentence: l10n.t("Could not set the name “{0}”: {1}", shorten(raw), reason),
			});
		const name = cleanName(raw, this.limits.nameLength);
		if (!name.ok) {
			refuse(nameSentence(name.problem));
			return;
		}
		if (this.#backend === undefined) {
			refuse(l10n.t("there is no connection now."));
			return;
		}
		this.#backend.setName(name.text, (result) => {
			if (result.kind === "committed") {
				settle({ kind: "accepted" });
			} else {
				refuse(callSentence(result));
			}
		});
	}

	/** Forgets who we are in the configured database, for good. */
	async forgetIdentity(): Promise<void> {
		if (this.address !== undefined) {
			this.#sources.identities.remember(this.address.key, undefined);
		}
		await this.connection.forgetIdentity();
	}

	/** Lines wait for their database and their sender: another one never gets them. */
	#enter(): void {
		const { address } = this;
		if (address?.key !== this.#place) {
			this.#place = address?.key;
			this.history.forget();
		}
		if (address !== undefined) {
			this.delivery.enter(address.key, this.#sources.identities.of(address.key));
		}
	}

	#applied(backend: Backend, snapshot: BackendSnapshot, me: string): void {
		const address = this.address;
		const origin = `${address?.key ?? ""}#${me}`;
		const isNew = origin !== this.#origin;
		if (isNew) {
			this.store.clear();
		}
		this.history.applied(backend, snapshot);
		this.#origin = origin;
		this.#backend = backend;
		if (address !== undefined) {
			this.#sources.identities.remember(address.key, me);
			this.delivery.enter(address.key, me);
		}
		this.store.applied(snapshot, me, this.delivery.applied(backend, me, snapshot.messages));
		this.store.showOutbox(this.delivery.outbox);
		if (isNew) {
			this.#welcome(address, me);
		}
	}

	/** The terminal client's "connected, subscriptions applied", and its hint. */
	#welcome(address: Address | undefined, me: string): void {
		const hasName = this.store.person(me)?.name !== undefined;
		const connected = l10n.t(
			"Connected to {0} on {1}; the backlog is complete.",
			address?.database ?? "",
			address?.server ?? "",
		);
		this.store.notify({
			what: "sentence",
			tone: "quiet",
			sentence: hasName ? connected : `${connected} ${l10n.t("Type /name to set your name.")}`,
			...(hasName ? {} : { action: "setName" as const }),
		});
		if (!this.#sources.tokens.isKept) {
			this.store.notify({
				what: "sentence",
				tone: "problem",
				sentence: l10n.t(
					"VS Code could not keep your identity: after this window closes you will be somebody new.",
				),
			});
		}
	}

	#cut(): void {
		this.#backend = undefined;
		this.history.cut();
		this.delivery.cut();
		this.store.cut();
		this.store.showOutbox(this.delivery.outbox);
	}
}

function callSentence(result: Exclude<CallResult, { kind: "committed" }>): string {
	return result.kind === "refused"
		? result.reason
		: l10n.t("the server did not answer. It may have been set all the same.");
}

/** A value as a sentence can hold it. */
function shorten(text: string): string {
	return text.length > 80 ? `${text.slice(0, 80)}…` : text;
}
