import type { Disposable, WebviewView, WebviewViewProvider } from "vscode";
import { commands, env, l10n, Uri } from "vscode";
import { safeLink } from "../../shared/link";
import type { Handlers, ToWebview } from "../../shared/protocol";
import type { ToHost, ViewCommand } from "../../shared/requests";
import { readToHost } from "../../shared/requests";
import type { ChatSession } from "../chat/session";
import { VIEW_ID } from "../contributions";
import { DisposableStore } from "../platform/disposable";
import type { Log } from "../platform/log";
import type { Memory } from "../platform/memory";
import type { Attention } from "../ambient/attention";
import { HistoryHandlers } from "./historyHandlers";
import { panelHtml, resourceRoots } from "./html";
import { RoomHandlers } from "./roomHandlers";
import { chatSnapshot } from "./snapshot";
import { keepContexts } from "./contexts";
import { PanelFeed } from "./feed";
import { ViewRange } from "./viewRange";
import { RequestLimit } from "./requestLimit";

/** What a panel is made of. */
export interface ViewSources {
	readonly session: ChatSession;
	readonly memory: Memory;
	readonly attention: Attention;
	readonly log: Log;
}

/** The panel: gives the view what it shows, and takes its wishes. Holds no truth of its own. */
export class PanelProvider extends DisposableStore implements WebviewViewProvider {
	readonly #extension: Uri;
	readonly #session: ChatSession;
	readonly #memory: Memory;
	readonly #log: Log;
	readonly #limit = new RequestLimit();
	readonly #window: ViewRange;
	readonly #history: HistoryHandlers;
	readonly #rooms: RoomHandlers;
	readonly #feed = new PanelFeed({
		post: (message) => this.#post(message),
		snapshot: (seq) => chatSnapshot(seq, this.#session, this.#window),
		logChanges: () => this.#window.changes(),
	});
	#view: WebviewView | undefined;
	readonly #listeners = new Set<ReadonlySet<Disposable>>();
	/** Facts that wait for a view that is being opened. */
	#untold: ToWebview[] = [];

	constructor(extension: Uri, { session, memory, attention, log }: ViewSources) {
		super();
		this.#extension = extension;
		this.#session = session;
		this.#memory = memory;
		this.#log = log;
		this.#window = new ViewRange(session.store, session.history, () => this.#feed.touch());
		this.#history = new HistoryHandlers({
			session,
			log,
			window: this.#window,
			feed: this.#feed,
			tell: (message) => this.#tell(message),
		});
		this.register(
			session.store.onDidChange((change) => {
				if (change.type === "logChanged") {
					this.#feed.touch();
				} else {
					this.#feed.push(change);
				}
			}),
		);
		this.register(
			session.store.onDidReceiveMessage((message) => {
				if (this.#feed.isReady) {
					this.#window.heard(message);
					// It may lie outside the window, where nothing else tells of it.
					this.#feed.touch();
				}
			}),
		);
		this.#rooms = this.register(new RoomHandlers(session, attention, log));
		this.register(
			session.store.onDidReset((where) => {
				if (where === "elsewhere") {
					this.#window.reset();
				} else if (where === "room") {
					this.#window.enter(session.store.roomId);
				}
				this.#feed.reset();
			}),
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
				const { me } = session.store;
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

	/** Whether a view is shown and has its content. */
	get isReady(): boolean {
		return this.#feed.isReady;
	}

	/** Listeners on views; constant, however often a view is hidden, shown or moved. */
	get listenerCount(): number {
		return [...this.#listeners].reduce((count, { size }) => count + size, 0);
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
		this.#tell({ type: "focusComposer" });
		await commands.executeCommand(`${VIEW_ID}.focus`);
	}

	async togglePeople(): Promise<void> {
		this.#tell({ type: "togglePeople" });
		await commands.executeCommand(`${VIEW_ID}.focus`);
	}

	/** Shows the panel with the caret in the search field. */
	async openSearch(): Promise<void> {
		this.#tell({ type: "focusSearch" });
		await commands.executeCommand(`${VIEW_ID}.focus`);
	}

	/**
	 * Shows the panel with what was said at a time, in milliseconds since the epoch, or soon after.
	 *
	 * @returns whether that could be loaded
	 */
	async revealTime(sentMs: number): Promise<boolean> {
		await commands.executeCommand(`${VIEW_ID}.focus`);
		return this.#history.revealTime(sentMs);
	}

	/** Posts to a view that listens, else as soon as it does. */
	#tell(message: ToWebview): void {
		if (this.#view?.visible === true) {
			this.#post(message);
		} else {
			this.#untold = [message];
		}
	}

	/** Unread messages that are for oneself, on the view's icon. */
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
				this.#log.warn("The panel asks too much at once; some of it is not heard");
			}
			return;
		}
		const message = readToHost(raw);
		if (message === undefined) {
			this.#log.warn("A message from the panel was not understood");
			return;
		}
		(this.#handlers[message.type] as (message: ToHost) => void)(message);
	}

	readonly #handlers: Handlers<ToHost> = {
		ready: ({ reading }) => {
			this.#window.opened(reading === this.#session.store.roomId);
			this.#feed.ready();
			for (const message of this.#untold.splice(0)) {
				this.#post(message);
			}
		},
		drawn: ({ seq }) => this.#feed.drawn(seq),
		send: ({ clientId, text, room, replyTo }) => {
			this.#session.lines.say(
				clientId,
				text,
				(outcome) => {
					// The entry first, so that the view never shows neither draft nor message.
					this.#feed.flush();
					this.#post({ type: "sendResult", clientId, outcome });
				},
				{ room, replyTo },
			);
		},
		edit: ({ clientId, room, seq, text }) => {
			this.#rooms.edit(room, seq, text, (outcome) =>
				this.#post({ type: "sendResult", clientId, outcome }),
			);
		},
		enterRoom: ({ room }) => void this.#rooms.enterRoom(room),
		react: ({ room, seq, emoji, isOn }) => void this.#rooms.react(room, seq, emoji, isOn),
		messageAction: ({ action, room, seq }) => void this.#rooms.messageAction(action, room, seq),
		personAction: ({ action, identity }) => void this.#rooms.personAction(action, identity),
		roomAction: ({ action, room }) => void this.#rooms.roomAction(action, room),
		seen: ({ room, seq }) => this.#rooms.seen(room, seq),
		focused: ({ isFocused }) => this.#rooms.focused(isFocused),
		typing: ({ room }) => this.#rooms.typing(room),
		retry: ({ key }) => this.#session.retry(key),
		discard: ({ key }) => this.#session.discard(key),
		discardAll: () => this.#session.delivery.discardAll(),
		loadOlder: ({ room }) => void this.#window.load(room, "older"),
		loadNewer: ({ room }) => void this.#window.load(room, "newer"),
		goToLatest: () => void this.#history.goToLatest(),
		scrolled: ({ room, isAtLatest }) => this.#window.scrolled(room, isAtLatest),
		search: ({ searchId, text }) => this.#history.search(searchId, text),
		searchOlder: ({ searchId }) => this.#history.searchOlder(searchId),
		endSearch: () => this.#session.search.end(),
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
