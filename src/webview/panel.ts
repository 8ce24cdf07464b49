import * as l10n from "@vscode/l10n";
import { guard } from "lit/directives/guard.js";
import { html, nothing, render } from "lit/html.js";
import type { Handlers, ToWebview } from "../shared/protocol";
import { readLine } from "../shared/line";
import { Announcer, newsOf } from "./announce";
import { renderBanner } from "./banner";
import { Composer } from "./composer";
import type { Drafts, Unsettled } from "./drafts";
import { nextDueMs } from "./due";
import { emptiness, saysTrouble } from "./empty";
import type { Post } from "./host";
import { renderJump } from "./jump";
import { Log } from "./log";
import { addEcho, EMPTY_MODEL, reduce, type Model } from "./model";
import { placeName } from "./names";
import { countWaiting, renderOutbox } from "./outboxLine";
import { renderHeader, renderPeople } from "./people";
import { nextUnseen } from "./scroll";
import { SearchBar } from "./search/search";

/** The whole view: takes facts, holds the model, draws it at most once a frame. */
export class Panel {
	readonly #post: Post;
	readonly #drafts: Drafts;
	readonly #top = part("top");
	readonly #bottom = part("bottom");
	readonly #log: Log;
	readonly #search: SearchBar;
	readonly #composer: Composer;
	readonly #announcer: Announcer;
	#model: Model = EMPTY_MODEL;
	#unseen = 0;
	#isAskingToDiscard = false;
	#isResyncing = false;
	#frame: number | undefined;
	#timer: number | undefined;

	constructor(root: HTMLElement, drafts: Drafts, post: Post) {
		this.#post = post;
		this.#drafts = drafts;
		const [bar, middle, over, composer] = ["search", "middle", "over", "composer"].map(part) as [
			HTMLElement,
			HTMLElement,
			HTMLElement,
			HTMLElement,
		];
		root.setAttribute("role", "main");
		this.#log = new Log(post, () => this.#invalidate());
		middle.append(this.#log.element, over);
		root.append(this.#top, bar, middle, this.#bottom, composer);
		this.#announcer = new Announcer(root);
		this.#composer = new Composer(composer, drafts.state.draft, {
			sendMessage: (draftId, raw, shown) => this.#sendMessage(draftId, raw, shown),
			sendName: (draftId, raw) => this.#post({ type: "send", draftId, text: raw }),
			draftChanged: (draft) => this.#drafts.update({ draft }),
		});
		this.#search = new SearchBar(bar, over, {
			post,
			drafts,
			model: () => this.#model,
			leave: () => this.#composer.focus(),
		});
		root.addEventListener("keydown", (event) => this.#onKeydown(event));
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
			this.#take(reduction.model);
			const news = newsOf(before, fact);
			if (isSeen()) {
				this.#announcer.announce(news, this.#model.people);
			}
			this.#unseen = nextUnseen(this.#unseen, news.messages.length, this.#log.isAtLatest);
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
			this.#composer.update(chat.limits, l10n.t("Message {0}", placeName(chat.place)));
			this.#composer.release();
			this.#log.replaced();
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
		reveal: ({ key }) => {
			this.#log.reveal(key);
			this.#invalidate();
		},
		searched: (fact) => this.#search.receive(fact),
		focusSearch: () => this.#search.open(),
		focusComposer: () => this.#composer.focus(),
		togglePeople: () => this.#togglePeople(),
	};

	#take(model: Model): void {
		this.#model = model;
		this.#log.take(model);
		this.#invalidate();
	}

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
			this.#take(addEcho(this.#model, { ...echoOf(send), isAccepted: false }));
			this.#post({ type: "send", draftId: send.draftId, text: send.text });
		}
	}

	#sendMessage(draftId: string, raw: string, shown: string): void {
		const send: Unsettled = { draftId, text: raw, sinceMs: Date.now() };
		this.#drafts.add(send);
		this.#take(addEcho(this.#model, { ...echoOf(send), text: shown, isAccepted: false }));
		this.#log.showOwn();
		this.#post({ type: "send", draftId, text: raw });
		this.#unseen = 0;
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

	#onKeydown(event: KeyboardEvent): void {
		const isFind = event.key.toLowerCase() === "f" && (event.ctrlKey || event.metaKey);
		if (isFind && !event.shiftKey && !event.altKey) {
			// VS Code hands other keys on to its own shortcuts.
			event.preventDefault();
			event.stopPropagation();
			this.#search.open();
		}
	}

	#invalidate(): void {
		// What nobody sees is drawn once, when it comes to light.
		if (isSeen()) {
			this.#frame ??= requestAnimationFrame(() => this.#draw());
		} else {
			this.#schedule(Date.now());
		}
	}

	#draw(): void {
		if (this.#frame !== undefined) {
			cancelAnimationFrame(this.#frame);
			this.#frame = undefined;
		}
		if (!isSeen()) {
			return;
		}
		const nowMs = Date.now();
		this.#drawTop(nowMs);
		this.#log.draw(nowMs);
		this.#drawBottom();
		if (!this.#log.settle()) {
			this.#invalidate();
		}
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
		const { connection, people, place, me } = model;
		// Sorting thousands of people is for when one of them has changed.
		const shown = [people, connection, place, me, isPeopleOpen, areOfflineShown];
		render(
			model.isLoaded
				? html`${guard(shown, () => renderHeader(view, actions))}${
						saysTrouble(emptiness(model))
							? nothing
							: renderBanner({ connection, server: place.server, nowMs }, this.#post)
					}${guard(shown, () => renderPeople(view, actions))}`
				: nothing,
			this.#top,
		);
	}

	#drawBottom(): void {
		const waiting = countWaiting(this.#model);
		this.#isAskingToDiscard &&= waiting > 0;
		const ask = (isAsking: boolean): void => {
			this.#isAskingToDiscard = isAsking;
			this.#draw();
			// On "No" while it asks, so that a second press of Enter drops nothing.
			this.#bottom.querySelector<HTMLElement>(".outbox button:last-of-type")?.focus();
		};
		const { isAtLatest } = this.#log;
		this.#unseen = nextUnseen(this.#unseen, 0, isAtLatest);
		render(
			html`${renderJump(isAtLatest, this.#unseen, () => this.#jump())}${renderOutbox(
				waiting,
				this.#isAskingToDiscard,
				ask,
				this.#post,
			)}`,
			this.#bottom,
		);
	}

	#jump(): void {
		const hadFocus = this.#bottom.contains(document.activeElement);
		this.#log.goToLatest();
		if (hadFocus) {
			// The button goes; reading goes on where it led.
			this.#log.element.focus({ preventScroll: true });
		}
	}

	/** One timer, and none while nothing would be seen of it. */
	#schedule(nowMs: number): void {
		clearTimeout(this.#timer);
		const dueMs = nextDueMs(this.#model, nowMs, isSeen());
		this.#timer =
			dueMs === undefined ? undefined : window.setTimeout(() => this.#invalidate(), dueMs);
	}
}

function isSeen(): boolean {
	return document.visibilityState === "visible";
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
