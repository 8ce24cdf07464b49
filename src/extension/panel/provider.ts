import type { Disposable, WebviewView, WebviewViewProvider } from "vscode";
import { commands, env, l10n, Uri } from "vscode";
import { safeLink } from "../../shared/link";
import type { Handlers, SendOutcome, ToWebview } from "../../shared/protocol";
import type { RoomAddress } from "../../shared/room";
import { LOBBY } from "../../shared/room";
import type { ToHost, ViewCommand } from "../../shared/requests";
import { readToHost } from "../../shared/requests";
import { sendMessage } from "../chat/sendMessage";
import type { OpenRoom } from "../chat/room/openRoom";
import type { LoadingEnd } from "../chat/room/pageCache";
import type { ChatSession } from "../chat/session";
import { setName } from "../chat/setName";
import { VIEW_ID } from "../contributions";
import { DisposableStore } from "../platform/disposable";
import type { Log } from "../platform/log";
import type { Memory } from "../platform/memory";
import type { Attention } from "../platform/attention";
import { HistoryHandlers } from "./historyHandlers";
import { panelHtml, resourceRoots } from "./html";
import { RoomHandlers } from "./roomHandlers";
import { chatSnapshot } from "./snapshot";
import { keepContexts } from "./contexts";
import { PanelFeed } from "./feed";
import { ViewRange } from "./viewRange";
import { RequestLimit } from "./requestLimit";

/** One kind of request. */
type Request<T extends ToHost["type"]> = Extract<ToHost, { type: T }>;

/** The parts that a panel shows and acts on. */
export interface ViewSources {
	readonly session: ChatSession;
	readonly memory: Memory;
	readonly attention: Attention;
	readonly log: Log;
}

/** The panel: sends the view its events, and handles its requests. Keeps no state of the chat. */
export class PanelProvider extends DisposableStore implements WebviewViewProvider {
	readonly #extension: Uri;
	readonly #session: ChatSession;
	readonly #memory: Memory;
	readonly #log: Log;
	readonly #limit = new RequestLimit();
	/** The view's range of the open room. */
	#range: ViewRange;
	readonly #history: HistoryHandlers;
	readonly #rooms: RoomHandlers;
	readonly #feed = new PanelFeed({
		post: (message) => this.#post(message),
		snapshot: (seq) => chatSnapshot(seq, this.#session, this.#range),
		logChanges: () => this.#range.changes(),
	});
	#view: WebviewView | undefined;
	readonly #listeners = new Set<ReadonlySet<Disposable>>();
	/** Events for a view that is being opened. */
	#unposted: ToWebview[] = [];

	constructor(extension: Uri, { session, memory, attention, log }: ViewSources) {
		super();
		this.#extension = extension;
		this.#session = session;
		this.#memory = memory;
		this.#log = log;
		this.#range = this.#followRoom(session.openRoom);
		this.#history = new HistoryHandlers({
			session,
			log,
			range: () => this.#range,
			feed: this.#feed,
			post: (message) => this.#postSoon(message),
		});
		this.#rooms = this.register(new RoomHandlers(session, attention, log));
		this.register(
			session.onDidOpenRoom((room) => {
				this.#range = this.#followRoom(room);
				this.#feed.reset();
			}),
		);
		this.register(session.onDidReset(() => this.#feed.reset()));
		this.register(
			session.people.onDidChange((change) => this.#feed.push({ type: "peopleChanged", ...change })),
		);
		this.register(
			session.rooms.onDidChange((changes) => {
				for (const change of changes) {
					this.#feed.push(change);
				}
				this.#showBadge();
			}),
		);
		this.register(
			session.connection.onDidChangeState((connection) => {
				const { me } = session.people;
				this.#feed.push({
					type: "connectionChanged",
					connection,
					...(me === undefined ? {} : { me }),
				});
			}),
		);
		this.register(keepContexts(session));
		this.register({ dispose: () => this.#feed.pause() });
	}

	/** True while a view is shown and has its content. */
	get isReady(): boolean {
		return this.#feed.isReady;
	}

	/** Listeners on views; constant, however often a view is hidden, shown or moved. */
	get listenerCount(): number {
		return [...this.#listeners].reduce((count, { size }) => count + size, 0);
	}

	/** Follows the log of a room until that room is disposed. */
	#followRoom(room: OpenRoom): ViewRange {
		const range = new ViewRange(room, this.#session.people, () => this.#feed.touch());
		room.log.onDidChange(() => this.#feed.touch());
		room.log.onDidReceive((message) => {
			if (this.#feed.isReady) {
				range.received(message);
				// The message may lie below the range, where no change of the log reports it.
				this.#feed.touch();
			}
		});
		return range;
	}

	resolveWebviewView(view: WebviewView): void {
		this.#view = view;
		view.webview.options = {
			enableScripts: true,
			localResourceRoots: resourceRoots(this.#extension),
		};
		const listeners = new Set([
			view.webview.onDidReceiveMessage((message: unknown) => this.#receive(message)),
			view.onDidChangeVisibility(() => {
				if (!view.visible) {
					this.#feed.pause();
					this.#rooms.focused(false);
				}
			}),
		]);
		this.#listeners.add(listeners);
		view.onDidDispose(() => {
			this.#listeners.delete(listeners);
			for (const listener of listeners) {
				listener.dispose();
			}
			if (this.#view === view) {
				this.#view = undefined;
				this.#feed.pause();
				this.#rooms.focused(false);
			}
		});
		this.#showBadge();
		view.webview.html = panelHtml(view.webview, this.#extension);
		if (!this.#session.connection.isWanted && !this.#session.connection.wasDisconnectedByUser) {
			this.#session.connection.connect();
		}
	}

	/** Shows the panel with the caret in the composer. */
	async open(): Promise<void> {
		this.#postSoon({ type: "focusComposer" });
		await commands.executeCommand(`${VIEW_ID}.focus`);
	}

	async togglePeople(): Promise<void> {
		this.#postSoon({ type: "togglePeople" });
		await commands.executeCommand(`${VIEW_ID}.focus`);
	}

	/** Shows the panel with the caret in the search field. */
	async openSearch(): Promise<void> {
		this.#postSoon({ type: "focusSearch" });
		await commands.executeCommand(`${VIEW_ID}.focus`);
	}

	/**
	 * Shows the panel with the messages of a time, in milliseconds since the epoch, or soon after.
	 * Returns false where they could not be loaded.
	 */
	async revealTime(sentMs: number): Promise<boolean> {
		await commands.executeCommand(`${VIEW_ID}.focus`);
		return this.#history.revealTime(sentMs);
	}

	/** Posts to the view; waits for a view that is being opened. */
	#postSoon(message: ToWebview): void {
		if (this.#view?.visible === true) {
			this.#post(message);
		} else {
			this.#unposted = [message];
		}
	}

	/** Shows the count of the user's unread mentions on the view's icon. */
	#showBadge(): void {
		const count = this.#session.rooms.mentions;
		if (this.#view !== undefined && (this.#view.badge?.value ?? 0) !== count) {
			this.#view.badge =
				count === 0 ? undefined : { value: count, tooltip: l10n.t("{0} unread for you", count) };
		}
	}

	#post(message: ToWebview): void {
		void this.#view?.webview.postMessage(message);
	}

	#receive(raw: unknown): void {
		const admission = this.#limit.admit();
		if (admission !== "yes") {
			if (admission === "overflow") {
				this.#log.warn("The panel sends too many requests at once; some are dropped");
			}
			return;
		}
		const message = readToHost(raw);
		if (message === undefined) {
			this.#log.warn("A request of the panel could not be read");
			return;
		}
		(this.#handlers[message.type] as (message: ToHost) => void)(message);
	}

	readonly #handlers: Handlers<ToHost> = {
		ready: ({ reading }) => {
			this.#range.opened(reading === this.#session.openRoom.id);
			this.#feed.ready();
			for (const message of this.#unposted.splice(0)) {
				this.#post(message);
			}
		},
		drawn: ({ seq }) => this.#feed.drawn(seq),
		send: (request) => void this.#send(request),
		setName: (request) => void this.#setName(request),
		edit: (request) => void this.#edit(request),
		enterRoom: ({ target }) => void this.#rooms.enterRoom(target),
		react: ({ target, seq, emoji, isOn }) => void this.#rooms.react(target, seq, emoji, isOn),
		messageAction: ({ action, target, seq }) => void this.#rooms.messageAction(action, target, seq),
		personAction: ({ action, database, identity }) =>
			void this.#rooms.personAction(action, database, identity),
		roomAction: ({ action, target }) => void this.#rooms.roomAction(action, target),
		seen: ({ target, seq }) => this.#rooms.seen(target, seq),
		focused: ({ isFocused }) => this.#rooms.focused(isFocused),
		typing: ({ target }) => this.#rooms.typing(target),
		retry: ({ clientId, target }) => {
			if (this.#isForThisDatabase(target)) {
				this.#session.retry(clientId);
			}
		},
		discard: ({ clientId, target }) => {
			if (this.#isForThisDatabase(target)) {
				this.#session.discard(clientId);
			}
		},
		discardAll: ({ target }) => {
			if (this.#isForThisDatabase(target)) {
				this.#session.delivery.discardRoom(target);
			}
		},
		loadOlder: ({ room }) => this.#load(room, "older"),
		loadNewer: ({ room }) => this.#load(room, "newer"),
		goToLatest: () => void this.#history.goToLatest(),
		scrolled: ({ room, isAtLatest }) => {
			if (room === this.#session.openRoom.id) {
				this.#range.scrolled(isAtLatest);
			}
		},
		search: ({ searchId, text }) => this.#history.search(searchId, text),
		searchOlder: ({ searchId }) => this.#history.searchOlder(searchId),
		endSearch: () => this.#session.openRoom.search.end(),
		reveal: ({ hit }) => void this.#history.revealHit(hit),
		revealSeq: ({ room, seq }) => void this.#history.revealSeq(room, seq),
		command: ({ command }) => void this.#run(command),
		openLink: ({ href }) => {
			const link = safeLink(href);
			if (link !== undefined) {
				void env.openExternal(Uri.parse(link, true));
			}
		},
		networkBack: () => this.#session.connection.retryNow(),
		copy: ({ text }) => void env.clipboard.writeText(text),
		viewError: ({ message }) => this.#log.error(`In the panel: ${message}`),
	};

	async #send({ clientId, text, target, replyTo }: Request<"send">): Promise<void> {
		const outcome = await sendMessage(this.#session, { clientId, text, target, replyTo });
		// The entry goes first, so that the view always shows the draft or the message.
		this.#feed.flush();
		this.#post({ type: "sendResult", clientId, outcome });
	}

	async #setName({ clientId, database, name }: Request<"setName">): Promise<void> {
		const problem = this.#session.problemWith({ database, room: LOBBY });
		const outcome: SendOutcome =
			problem === undefined
				? await setName(this.#session, name)
				: { kind: "refused", sentence: problem };
		this.#post({ type: "sendResult", clientId, outcome });
	}

	async #edit({ clientId, target, seq, text }: Request<"edit">): Promise<void> {
		const outcome = await this.#rooms.edit(target, seq, text);
		this.#post({ type: "sendResult", clientId, outcome });
	}

	/** Compares the database alone: a message may wait for a room that the user is not in any more. */
	#isForThisDatabase({ database }: RoomAddress): boolean {
		return this.#session.address?.key === database;
	}

	#load(room: number, end: LoadingEnd): void {
		if (room === this.#session.openRoom.id) {
			void this.#range.load(end);
		}
	}

	async #run(command: ViewCommand): Promise<void> {
		switch (command) {
			case "openSettings":
				await commands.executeCommand("workbench.action.openSettings", "spacetimedbChat");
				return;
			case "allowInsecure": {
				const { address } = this.#session;
				if (address !== undefined) {
					await this.#memory.allowInsecure(address);
					this.#session.connection.connect();
				}
				return;
			}
			default:
				await commands.executeCommand(`spacetimedbChat.${command}`);
		}
	}
}
