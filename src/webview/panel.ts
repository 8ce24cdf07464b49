import type { Handlers, ToWebview } from "../shared/protocol";
import { Announcer, newsOf } from "./frame/announcer";
import { PanelFooter } from "./frame/footer";
import { candidates } from "./composer/mentions";
import { Composer } from "./composer/composer";
import { composerView, lastOwnMessage } from "./composer/composerView";
import { DrawnReporter } from "./log/drawnReporter";
import { roomKey, type Draft, type ViewState } from "./model/viewState";
import { nextTimerMs } from "./model/nextTimer";
import { FirstNewMessage } from "./log/firstNewMessage";
import type { Post } from "./model/host";
import { Log } from "./log/log";
import { MessageActions } from "./message/messageActions";
import { EMPTY_MODEL, isAtLatest, isSameRoom, reduce, targetFor, type Model } from "./model/model";
import { nameOf, openRoomName } from "./people/names";
import { Popup } from "./ui/popup";
import { nextRoom } from "./rooms/roomOrder";
import { nextUnseen } from "./log/scrollPosition";
import { SearchBar } from "./search/searchBar";
import { ReadReporter } from "./log/readReporter";
import { isPanelVisible } from "./ui/visibility";
import { PendingSends } from "./model/pendingSends";
import { shortcutOf } from "./frame/shortcuts";
import { PanelHeader } from "./frame/header";
import { TypingReporter } from "./composer/typingReporter";
import { TypingAnnouncements } from "./people/typing";

/** The whole view: receives events, holds the model, and draws it at most once a frame. */
export class Panel {
	readonly #post: Post;
	readonly #viewState: ViewState;
	readonly #popup: Popup;
	readonly #header: PanelHeader;
	readonly #footer: PanelFooter;
	readonly #firstNew: FirstNewMessage;
	readonly #log: Log;
	readonly #search: SearchBar;
	readonly #composer: Composer;
	readonly #announcer: Announcer;
	readonly #pendingSends: PendingSends;
	readonly #readReporter: ReadReporter;
	readonly #drawnReporter: DrawnReporter;
	readonly #typing = new TypingReporter();
	readonly #typingAnnouncements = new TypingAnnouncements();
	#model: Model = EMPTY_MODEL;
	/** The room that was asked for last, until another room is shown. */
	#asked: number | undefined;
	#unseen = 0;
	#isResyncing = false;
	#frame: number | undefined;
	#timer: number | undefined;

	constructor(root: HTMLElement, viewState: ViewState, post: Post) {
		this.#post = post;
		this.#viewState = viewState;
		this.#drawnReporter = new DrawnReporter(post);
		this.#pendingSends = new PendingSends(post, viewState);
		const bar = part("search");
		const middle = part("panel-middle");
		const searchOver = part("search-over");
		const composer = part("composer");
		root.setAttribute("role", "main");
		this.#popup = new Popup(root);
		const model = (): Model => this.#model;
		const draw = (): void => this.#draw();
		const enterRoom = (room: number): void => this.#enterRoom(room);
		this.#header = new PanelHeader({ post, popup: this.#popup, viewState, draw, enterRoom });
		const actions = new MessageActions({
			...{ post, popup: this.#popup, model },
			reply: (reply) => this.#composer.reply(reply),
			edit: (edit) => this.#composer.edit(edit),
		});
		this.#log = new Log(actions, viewState, () => this.#invalidate());
		this.#footer = new PanelFooter(post, () => this.#jump(), draw);
		this.#firstNew = new FirstNewMessage(post);
		middle.append(this.#log.element, this.#firstNew.element, searchOver);
		root.append(this.#header.element, bar, middle, this.#footer.element, composer);
		this.#announcer = new Announcer(root);
		this.#composer = new Composer(composer, viewState.draftAt(viewState.state.at), {
			sendMessage: (clientId, raw, text, reply) => {
				const send = this.#pendingSends.begin(this.#model, clientId, raw, text, reply);
				this.#setModel(send.model);
				this.#log.showOwn();
				send.post();
				this.#typing.reset();
				this.#unseen = 0;
			},
			sendName: (clientId, raw, name) =>
				this.#pendingSends.beginName(this.#model.target, clientId, raw, name),
			sendEdit: (clientId, edit) =>
				this.#pendingSends.beginEdit(this.#model.target, clientId, edit),
			draftChanged: (draft) => this.#draftChanged(draft),
			typed: () => this.#typed(),
			lastOwn: () => lastOwnMessage(this.#model),
			nameOf: (identity) => nameOf(this.#model.people, identity),
			mentionable: (query) => candidates(this.#model, query),
		});
		this.#search = new SearchBar(bar, searchOver, {
			...{ post, viewState, model },
			leave: () => this.#composer.focus(),
		});
		this.#readReporter = new ReadReporter(post, () => ({
			model: this.#model,
			reading: {
				isVisible: isPanelVisible(),
				isAtEnd: this.#log.isAtLatest,
			},
		}));
		root.addEventListener("keydown", (event) => this.#onKeydown(event));
		document.addEventListener("visibilitychange", () => this.#invalidate());
		window.addEventListener("focus", () => this.#readReporter.check());
		this.#invalidate();
	}

	/** Requests a snapshot. */
	ready(): void {
		this.#post({ type: "ready", reading: this.#viewState.reading });
	}

	/** Handles an event of the host. */
	receive(event: ToWebview): void {
		const before = this.#model;
		const reduction = reduce(before, event);
		if (reduction.kind === "resync") {
			this.#resync();
			return;
		}
		if (reduction.kind === "redraw") {
			const wasAtLatest = this.#log.isAtLatest;
			this.#setModel(reduction.model);
			if (event.type === "changes" && wasAtLatest && !isAtLatest(this.#model)) {
				// The host still believed that the reader had scrolled away.
				this.#log.goToLatest();
			}
			const news = newsOf(before, event);
			if (isPanelVisible()) {
				this.#announcer.announce(news, this.#model);
				this.#announcer.announceSentence(
					this.#typingAnnouncements.take(before, this.#model, Date.now()),
				);
			}
			this.#unseen = nextUnseen(
				this.#unseen,
				news.messages.length + news.others,
				this.#log.isAtLatest,
			);
		}
		if (event.type === "snapshot" && !(before.isLoaded && isSameRoom(before, this.#model))) {
			this.#roomEntered(before);
		}
		const handler = this.#handlers[event.type] as (event: ToWebview) => void;
		handler(event);
		if (event.type === "snapshot") {
			this.#setModel(this.#pendingSends.resume(this.#model));
		}
		if (event.type === "snapshot" || event.type === "changes") {
			this.#composer.replaceDraft(this.#pendingSends.endAppliedEdit(this.#model));
		}
	}

	/** The effects of each event beside the change of the model. */
	readonly #handlers: Handlers<ToWebview> = {
		snapshot: ({ chat }) => {
			this.#composer.release();
			this.#log.snapshotReceived();
			this.#isResyncing = false;
			for (const { key } of chat.entries) {
				this.#viewState.remove(key);
			}
		},
		changes: () => undefined,
		sendResult: ({ clientId, outcome }) =>
			this.#composer.onResult(clientId, outcome, this.#pendingSends.onResult(clientId, outcome)),
		reveal: ({ key }) => {
			this.#log.reveal(key);
			this.#invalidate();
		},
		searched: (event) => this.#search.receive(event),
		focusSearch: () => this.#search.open(),
		focusComposer: () => this.#composer.focus(),
		togglePeople: () => this.#header.toggle("people"),
	};

	#setModel(model: Model): void {
		this.#model = model;
		this.#log.setModel(model);
		this.#invalidate();
	}

	/** Prepares the parts of the panel for another room. */
	#roomEntered(before: Model): void {
		const { target } = this.#model;
		const previous = this.#viewState.state.at;
		const draft = this.#viewState.enter(target);
		if (previous !== roomKey(target)) {
			this.#composer.open(draft, this.#asked === target.room || previous === "");
		}
		this.#asked = undefined;
		this.#unseen = 0;
		if (before.isLoaded) {
			this.#popup.close();
			this.#search.reset();
			this.#announcer.roomEntered(openRoomName(this.#model));
		}
	}

	/** Requests a snapshot, once until it has come. */
	#resync(): void {
		if (!this.#isResyncing) {
			this.#isResyncing = true;
			this.ready();
		}
	}

	#draftChanged(draft: Draft): void {
		this.#viewState.put(this.#viewState.state.at, draft);
		this.#invalidate();
	}

	#typed(): void {
		const { sharesTyping, features, roomId, target } = this.#model;
		if (sharesTyping && features.rooms && this.#typing.isDue(roomId, Date.now())) {
			this.#post({ type: "typing", target });
		}
	}

	#ask(room: number): void {
		this.#asked = room;
		this.#post({ type: "enterRoom", target: targetFor(this.#model, room) });
	}

	#enterRoom(room: number): void {
		// Also for the room that is shown, since an earlier request may be under way for another room.
		this.#ask(room);
		this.#composer.focus();
	}

	#onKeydown(event: KeyboardEvent): void {
		const shortcut = shortcutOf(event);
		const room =
			shortcut?.kind === "room" && this.#model.features.rooms
				? nextRoom(this.#model, shortcut.step, shortcut.isUnreadOnly)
				: undefined;
		if (shortcut?.kind === "search" || room !== undefined) {
			// VS Code passes other keys on to its own shortcuts.
			event.preventDefault();
			event.stopPropagation();
		}
		if (shortcut?.kind === "search") {
			this.#search.open();
		} else if (room !== undefined) {
			this.#ask(room.id);
		}
	}

	#invalidate(): void {
		// A hidden panel is drawn once, when it becomes visible.
		if (isPanelVisible()) {
			this.#frame ??= requestAnimationFrame(() => this.#draw());
		} else {
			this.#drawnReporter.report(this.#model.seq);
			this.#schedule(Date.now());
		}
	}

	#draw(): void {
		if (this.#frame !== undefined) {
			cancelAnimationFrame(this.#frame);
			this.#frame = undefined;
		}
		if (!isPanelVisible()) {
			return;
		}
		const nowMs = Date.now();
		this.#header.draw(this.#model, nowMs);
		this.#log.draw(nowMs);
		const { isAtLatest } = this.#log;
		this.#unseen = nextUnseen(this.#unseen, 0, isAtLatest);
		this.#firstNew.draw(this.#model);
		this.#footer.draw(this.#model, isAtLatest, this.#unseen);
		this.#composer.update(composerView(this.#model, nowMs));
		const undrawnMs = this.#log.restoreScroll();
		if (undrawnMs === 0) {
			this.#invalidate();
		}
		this.#drawnReporter.report(this.#model.seq);
		this.#popup.check();
		this.#readReporter.check();
		this.#schedule(nowMs, undrawnMs);
	}

	#jump(): void {
		const hadFocus = this.#footer.element.contains(document.activeElement);
		this.#log.goToLatest();
		if (hadFocus) {
			// The button disappears, so the log takes the focus.
			this.#log.element.focus({ preventScroll: true });
		}
	}

	/** Sets the one timer, and none while the panel is hidden. */
	#schedule(nowMs: number, undrawnMs = Infinity): void {
		clearTimeout(this.#timer);
		const timerMs = Math.min(
			undrawnMs,
			nextTimerMs(this.#model, nowMs, isPanelVisible()) ?? Infinity,
		);
		this.#timer =
			timerMs === Infinity ? undefined : window.setTimeout(() => this.#invalidate(), timerMs);
	}
}

function part(name: string): HTMLElement {
	const element = document.createElement("div");
	element.className = name;
	return element;
}
