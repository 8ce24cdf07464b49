import * as l10n from "@vscode/l10n";
import { html, nothing, render } from "lit/html.js";
import type { Handlers, ToWebview } from "../shared/protocol";
import { readLine } from "../shared/line";
import { Announcer, newsOf } from "./announce";
import { renderBanner } from "./banner";
import { Composer } from "./composer";
import type { Drafts, Unsettled } from "./drafts";
import { nextDueMs } from "./due";
import { emptiness, renderEmpty, saysTrouble } from "./empty";
import { toRows } from "./grouping";
import { renderHistory } from "./history";
import type { Post } from "./host";
import { addEcho, allEntries, EMPTY_MODEL, reduce, trimEntries, type Model } from "./model";
import { countWaiting, renderOutbox } from "./outboxLine";
import { renderHeader, renderPeople } from "./people";
import { EndKeeper, nextUnseen } from "./scroll";

/** Entries that are drawn while the reader is at the end. */
const MAX_ENTRIES = 400;
/** Entries that are kept for a reader who is further up. */
const MAX_HELD_ENTRIES = 2000;

/** The whole view: takes facts, holds the model, draws it at most once a frame. */
export class Panel {
	readonly #post: Post;
	readonly #drafts: Drafts;
	readonly #top = part("top");
	readonly #log = part("log");
	readonly #bottom = part("bottom");
	readonly #composer: Composer;
	readonly #announcer: Announcer;
	readonly #end: EndKeeper;
	#model: Model = EMPTY_MODEL;
	#unseen = 0;
	#isAskingToDiscard = false;
	#isResyncing = false;
	#frame: number | undefined;
	#timer: number | undefined;

	constructor(root: HTMLElement, drafts: Drafts, post: Post) {
		this.#post = post;
		this.#drafts = drafts;
		const composer = part("composer");
		root.setAttribute("role", "main");
		this.#log.tabIndex = 0;
		this.#log.setAttribute("role", "log");
		this.#log.setAttribute("aria-label", l10n.t("Messages"));
		// What is new is gathered and said by the announcer instead.
		this.#log.setAttribute("aria-live", "off");
		root.append(this.#top, this.#log, this.#bottom, composer);
		this.#announcer = new Announcer(root);
		this.#end = new EndKeeper(this.#log, () => this.#invalidate());
		this.#composer = new Composer(composer, drafts.state.draft, {
			sendMessage: (draftId, raw, shown) => this.#sendMessage(draftId, raw, shown),
			sendName: (draftId, raw) => this.#post({ type: "send", draftId, text: raw }),
			draftChanged: (draft) => this.#drafts.update({ draft }),
		});
		document.addEventListener("visibilitychange", () => this.#invalidate());
		this.#invalidate();
	}

	/** Takes a fact from the host. */
	receive(fact: ToWebview): void {
		const before = this.#model;
		const reduction = reduce(before, fact);
		if (reduction.kind === "resync") {
			this.#resync();
			return;
		}
		if (reduction.kind === "redraw") {
			this.#model = reduction.model;
			const news = newsOf(before, fact);
			this.#announcer.announce(news, this.#model.people);
			this.#unseen = nextUnseen(this.#unseen, news.messages.length, this.#end.isAtEnd);
			this.#invalidate();
		}
		const handler = this.#handlers[fact.type] as (fact: ToWebview) => void;
		handler(fact);
		if (fact.type === "snapshot" && !before.isLoaded) {
			this.#resume();
		}
	}

	/** What a fact does beside changing the model. */
	readonly #handlers: Handlers<ToWebview> = {
		snapshot: ({ chat }) => {
			const { room, database } = chat.place;
			const place = room === "" ? database : `#${room}`;
			this.#composer.update(chat.limits, l10n.t("Message {0}", place));
			this.#composer.release();
			this.#isResyncing = false;
			for (const { key } of chat.entries) {
				this.#drafts.settle(key);
			}
		},
		changes: () => undefined,
		sendSettled: ({ draftId, outcome }) => {
			const send = this.#drafts.settle(draftId);
			this.#composer.settle(draftId, outcome, send?.text);
		},
		reveal: () => undefined,
		searched: () => undefined,
		focusSearch: () => undefined,
		focusComposer: () => this.#composer.focus(),
		togglePeople: () => this.#togglePeople(),
	};

	/** Asks for a snapshot, once until it has come. */
	#resync(): void {
		if (!this.#isResyncing) {
			this.#isResyncing = true;
			this.#post({ type: "ready" });
		}
	}

	/** Sends again what was under way when the view was last closed; the host knows it by its id. */
	#resume(): void {
		const shown = new Set(this.#model.echoes.map((echo) => echo.draftId));
		// What was typed since the view was opened is shown and under way already.
		for (const send of this.#drafts.state.unsettled.filter((one) => !shown.has(one.draftId))) {
			this.#model = addEcho(this.#model, { ...echoOf(send), isAccepted: false });
			this.#post({ type: "send", draftId: send.draftId, text: send.text });
		}
	}

	#sendMessage(draftId: string, raw: string, shown: string): void {
		const send: Unsettled = { draftId, text: raw, sinceMs: Date.now() };
		this.#drafts.add(send);
		this.#model = addEcho(this.#model, { ...echoOf(send), text: shown, isAccepted: false });
		this.#post({ type: "send", draftId, text: raw });
		this.#unseen = 0;
		this.#end.jump();
		this.#invalidate();
	}

	#togglePeople(): void {
		const isPeopleOpen = !this.#drafts.state.isPeopleOpen;
		// Whoever closes the list with a key in it goes on at the button that opens it.
		const hadFocus = this.#top.querySelector("#people")?.contains(document.activeElement) === true;
		this.#drafts.update({ isPeopleOpen });
		this.#draw();
		if (!isPeopleOpen && hadFocus) {
			this.#top.querySelector<HTMLElement>(".who")?.focus();
		}
	}

	#invalidate(): void {
		this.#frame ??= requestAnimationFrame(() => this.#draw());
	}

	#draw(): void {
		if (this.#frame !== undefined) {
			cancelAnimationFrame(this.#frame);
			this.#frame = undefined;
		}
		const isAtEnd = this.#end.isAtEnd;
		this.#model = trimEntries(this.#model, isAtEnd ? MAX_ENTRIES : MAX_HELD_ENTRIES);
		this.#unseen = nextUnseen(this.#unseen, 0, isAtEnd);
		const nowMs = Date.now();
		this.#drawTop(nowMs);
		this.#drawLog(nowMs);
		this.#drawBottom();
		this.#end.keep();
		this.#schedule(nowMs);
	}

	#drawTop(nowMs: number): void {
		const model = this.#model;
		const { isPeopleOpen, areOfflineShown } = this.#drafts.state;
		const view = { model, isOpen: isPeopleOpen, areOfflineShown };
		const actions = {
			toggle: () => this.#togglePeople(),
			toggleOffline: () => {
				this.#drafts.update({ areOfflineShown: !this.#drafts.state.areOfflineShown });
				this.#invalidate();
			},
		};
		const { connection, place } = model;
		render(
			model.isLoaded
				? html`${renderHeader(view, actions)}${
						saysTrouble(emptiness(model))
							? nothing
							: renderBanner({ connection, server: place.server, nowMs }, this.#post)
					}${renderPeople(view, actions)}`
				: nothing,
			this.#top,
		);
	}

	#drawLog(nowMs: number): void {
		const model = this.#model;
		const kind = emptiness(model);
		const rows = toRows(allEntries(model));
		render(
			html`${renderEmpty(kind, model, nowMs, this.#post)}
				<div class="rows">
					${renderHistory({ rows, people: model.people, nowMs }, this.#post)}
				</div>`,
			this.#log,
		);
	}

	#drawBottom(): void {
		const unseen = this.#unseen;
		const waiting = countWaiting(this.#model);
		this.#isAskingToDiscard &&= waiting > 0;
		const ask = (isAsking: boolean): void => {
			this.#isAskingToDiscard = isAsking;
			this.#draw();
			// On "No" while it asks, so that a second press of Enter drops nothing.
			this.#bottom.querySelector<HTMLElement>(".outbox button:last-of-type")?.focus();
		};
		render(
			html`${
				unseen === 0
					? nothing
					: html`<button class="jump" type="button" @click=${() => this.#end.jump()}>
							<span class="codicon codicon-arrow-down" aria-hidden="true"></span>
							${unseen === 1 ? l10n.t("1 new message") : l10n.t("{0} new messages", unseen)}
						</button>`
			}${renderOutbox(waiting, this.#isAskingToDiscard, ask, this.#post)}`,
			this.#bottom,
		);
	}

	/** One timer, and none while nothing would be seen of it. */
	#schedule(nowMs: number): void {
		clearTimeout(this.#timer);
		const dueMs = nextDueMs(this.#model, nowMs, document.visibilityState === "visible");
		this.#timer =
			dueMs === undefined ? undefined : window.setTimeout(() => this.#invalidate(), dueMs);
	}
}

function part(name: string): HTMLElement {
	const element = document.createElement("div");
	element.className = name;
	return element;
}

/** What an unsettled line will read. */
function echoOf(send: Unsettled): Unsettled {
	const line = readLine(send.text);
	return line.kind === "message" ? { ...send, text: line.text } : send;
}
