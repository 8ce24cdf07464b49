import * as l10n from "@vscode/l10n";
import { html, nothing, render } from "lit/html.js";
import type { Entry } from "../../shared/chat";
import type { ViewState } from "../model/viewState";
import { roomBeginningOf, renderLoadingMessages, renderNewerEdge, renderOlderEdge } from "./edges";
import { emptyStateOf, renderEmpty } from "./emptyState";
import { toRows } from "./grouping";
import { renderRows } from "./rows";
import type { Post } from "../model/host";
import { LogScroll } from "./logScroll";
import type { MessageActions } from "../message/messageActions";
import { EMPTY_MODEL, isAtLatest, isSameRoom, shownEntries, type Model } from "../model/model";
import { DrawBudget } from "./drawBudget";
import { ScrollAnchors } from "./scrollAnchors";
import { drawRangeOf, type DrawRange } from "./drawRange";
import { EdgeLoader } from "./edgeLoader";
import { Revealer } from "./revealer";
import { MessageSelection } from "./selection";
import { Toolbar } from "../message/toolbar";
import { BottomReporter } from "./bottomReporter";
import { unreadStart } from "./unreadStart";

/**
 * The time without removed entries after which a flood is over. In a flood the draw range follows the end
 * and leaves the entries above undrawn until then.
 */
const FLOOD_MS = 150;

/** The middle of the panel: the entries of the view range, and the buttons at its edges. */
export class Log {
	readonly element = document.createElement("div");
	readonly #rows = document.createElement("div");
	readonly #older = document.createElement("div");
	readonly #newer = document.createElement("div");
	readonly #empty = document.createElement("div");
	readonly #post: Post;
	readonly #bottomReporter: BottomReporter;
	readonly #actions: MessageActions;
	readonly #onLatestChanged: () => void;
	readonly #scroll: LogScroll;
	readonly #selection: MessageSelection;
	readonly #toolbar: Toolbar;
	readonly #anchors: ScrollAnchors;
	readonly #revealer = new Revealer();
	readonly #edgeLoader: EdgeLoader;
	#model: Model = EMPTY_MODEL;
	/** The drawn model. */
	#drawn: Model = EMPTY_MODEL;
	/** The keys of the drawn entries. */
	#drawnKeys: ReadonlySet<string> = new Set();
	#isWhole = true;
	#hasEnd = true;
	readonly #drawBudget = new DrawBudget();
	#freshCount = 0;
	#drawStartMs = 0;
	/** The time when drawn entries last left the draw range in a flood, on the page's clock. */
	#floodMs = -Infinity;
	#wasAtLatest = true;
	/** True if a snapshot has come since the last drawing. */
	#isReplaced = false;
	/** True while the host loads the latest messages for this view. */
	#isGoingToLatest = false;

	/** Calls `onLatestChanged` when the reader reaches or leaves the latest message. */
	constructor(actions: MessageActions, viewState: ViewState, onLatestChanged: () => void) {
		this.#post = actions.post;
		this.#edgeLoader = new EdgeLoader(actions.post);
		this.#bottomReporter = new BottomReporter(actions.post);
		this.#anchors = new ScrollAnchors(viewState);
		this.#actions = actions;
		this.#onLatestChanged = onLatestChanged;
		const { element } = this;
		element.className = "log";
		element.tabIndex = 0;
		element.setAttribute("role", "log");
		element.setAttribute("aria-label", l10n.t("Messages"));
		// The announcer reads new messages aloud, gathered.
		element.setAttribute("aria-live", "off");
		this.#empty.className = "log-empty";
		this.#rows.className = "log-rows";
		const content = document.createElement("div");
		content.className = "log-content";
		content.append(this.#older, this.#rows, this.#newer);
		element.append(this.#empty, content);
		element.addEventListener("keydown", (event) => this.#onKeydown(event));
		this.#scroll = new LogScroll(element, this.#rows, () => this.#onMove());
		this.#selection = new MessageSelection(element, this.#rows);
		this.#toolbar = new Toolbar(actions);
		const follow = ({ target }: Event): void => this.#toolbar.attach(articleOf(target));
		this.#rows.addEventListener("focusin", follow);
		// A `pointermove` does not fire when the rows move below a resting mouse.
		this.#rows.addEventListener("pointermove", follow, { passive: true });
		element.addEventListener("pointerleave", () => this.#toolbar.attach(this.#selection.focused));
		element.addEventListener("focusout", ({ relatedTarget }) => {
			if (relatedTarget instanceof Node && !element.contains(relatedTarget)) {
				this.#toolbar.attach(undefined);
			}
		});
	}

	/** True if the reader sees the next message, or would see it. */
	get isAtLatest(): boolean {
		return this.#scroll.isAtEnd && isAtLatest(this.#model);
	}

	/** Sets the model. The next drawing shows it. */
	setModel(model: Model): void {
		if (this.#model.isLoaded && !isSameRoom(this.#model, model)) {
			this.#anchors.store(this.#model, this.#scroll);
			this.#anchors.enter();
		}
		this.#model = model;
	}

	/** Notes that a snapshot replaced the model. */
	snapshotReceived(): void {
		this.#isReplaced = true;
		if (this.#isGoingToLatest) {
			this.#isGoingToLatest = false;
			this.#scroll.jump();
		}
	}

	/** Scrolls this entry into the middle and marks it, after the next drawing. */
	reveal(key: string): void {
		this.#isGoingToLatest = false;
		this.#revealer.request(key);
	}

	/** Scrolls to the latest message. The host may have to load it first. */
	goToLatest(): void {
		if (!isAtLatest(this.#model)) {
			this.#isGoingToLatest = true;
			this.#post({ type: "goToLatest" });
		} else {
			this.#scroll.jump();
		}
	}

	/** Shows an own message that was just written, at the end of the log. */
	showOwn(): void {
		this.goToLatest();
		this.#scroll.jump();
	}

	/** Draws the rows. Call `restoreScroll` once the parts around the log are drawn too. */
	draw(nowMs: number): void {
		const model = this.#model;
		this.#drawStartMs = performance.now();
		if (isSameRoom(this.#drawn, model)) {
			this.#scroll.beforeDraw();
		} else {
			this.#scroll.reset();
			this.#drawnKeys = new Set();
		}
		if (this.#isReplaced) {
			this.#isReplaced = false;
			this.#bottomReporter.reset();
		}
		this.#drawn = model;
		const { edges } = model;
		const all = shownEntries(model);
		const { from, to, fresh } = this.#drawRangeOf(all);
		this.#freshCount = fresh;
		this.#hasEnd = to === all.length;
		this.#isWhole = this.#hasEnd && from === 0;
		const entries = all.slice(from, to);
		if (
			this.#scroll.isFollowing &&
			all.slice(0, from).some(({ key }) => this.#drawnKeys.has(key))
		) {
			this.#floodMs = this.#drawStartMs;
		}
		this.#drawnKeys = new Set(entries.map(({ key }) => key));
		const start = unreadStart(model);
		const rows = toRows(entries, start.kind === "here" ? start.key : undefined);
		const hadFocus = this.element.contains(document.activeElement);
		render(renderEmpty(emptyStateOf(model), model, nowMs, this.#post), this.#empty);
		const hasAny = rows.length > 0 && emptyStateOf(model) === undefined;
		render(
			from === 0 && (hasAny || edges.older !== "none" || !model.hasBacklog)
				? this.#renderBeginning(model)
				: nothing,
			this.#older,
		);
		render(renderRows({ rows, model, nowMs }, this.#actions), this.#rows);
		this.#toolbar.refresh();
		render(
			this.#hasEnd
				? renderNewerEdge(edges.newer, () => this.#edgeLoader.load("loadNewer", model))
				: nothing,
			this.#newer,
		);
		if (hadFocus && !this.element.contains(document.activeElement)) {
			// The row or the button with the focus is gone.
			this.element.focus({ preventScroll: true });
		}
	}

	/**
	 * Restores the scroll position. Returns the milliseconds until the undrawn entries are to be drawn, or
	 * `undefined` if all are drawn.
	 */
	restoreScroll(): number | undefined {
		this.#scroll.afterDraw(isAtLatest(this.#drawn), this.#hasEnd);
		this.#anchors.restore(this.#drawn, this.#scroll, this.#rows);
		const entry = this.#revealer.take(this.#rows);
		if (entry !== undefined) {
			this.#scroll.centre(entry);
			this.#revealer.mark(entry);
		}
		this.#checkLatest();
		this.#loadNearEdges();
		const nowMs = performance.now();
		this.#drawBudget.record(this.#freshCount, nowMs - this.#drawStartMs);
		return this.#isWhole ? undefined : Math.max(0, this.#floodMs + FLOOD_MS - nowMs);
	}

	/** Returns the draw range: around the entry to reveal or restore, else the end, else the visible entries. */
	#drawRangeOf(entries: readonly Entry[]): DrawRange {
		const visible = this.#scroll.isFollowing ? [] : this.#scroll.visibleKeys;
		const indices = new Map(entries.map(({ key }, index) => [key, index]));
		const wanted = [this.#revealer.key ?? "", this.#anchors.anchor(this.#model) ?? ""];
		const known = [...wanted, ...visible].flatMap((key) => indices.get(key) ?? []);
		const [anchor = entries.length - 1] = known;
		return drawRangeOf(
			entries,
			(one) => this.#drawnKeys.has(one),
			Math.max(0, anchor),
			this.#drawBudget.maxEntries,
		);
	}

	#renderBeginning(model: Model): unknown {
		const { edges, hasBacklog, connection } = model;
		if (!hasBacklog) {
			return connection.kind === "online" ? renderLoadingMessages() : nothing;
		}
		const { older } = edges;
		const beginning = roomBeginningOf(model);
		return html`${renderOlderEdge(older, beginning, () => this.#edgeLoader.load("loadOlder", model))}${
			older === "none" && beginning.privacy !== ""
				? html`<p class="log-privacy">${beginning.privacy}</p>`
				: nothing
		}`;
	}

	#onMove(): void {
		this.#checkLatest();
		this.#anchors.scrolled(() => this.#drawn, this.#scroll);
		this.#loadNearEdges();
	}

	/** Reports if the reader reached or left the latest drawn message. */
	#checkLatest(): void {
		const isAtDrawnLatest = this.#scroll.isAtEnd && isAtLatest(this.#drawn);
		this.#bottomReporter.report(this.#drawn, isAtDrawnLatest);
		if (isAtDrawnLatest !== this.#wasAtLatest) {
			this.#wasAtLatest = isAtDrawnLatest;
			this.#onLatestChanged();
		}
	}

	/** Loads more entries before the reader reaches the end of the view range. */
	#loadNearEdges(): void {
		if (!this.#isGoingToLatest && this.#isWhole) {
			this.#edgeLoader.loadNear(this.element, this.#drawn);
		}
	}

	/** Handles the keys that differ from the browser's own: End goes to the latest message of the room. */
	#onKeydown(event: KeyboardEvent): void {
		const isPlain = !event.ctrlKey && !event.metaKey && !event.altKey && !event.shiftKey;
		const isInCode = event.target instanceof Element && event.target.closest("pre") !== null;
		if (!isPlain || isInCode) {
			return;
		}
		const { focused } = this.#selection;
		if (event.key === "End") {
			event.preventDefault();
			this.goToLatest();
		} else if (event.key === "Enter" && focused !== undefined && event.target === focused) {
			event.preventDefault();
			this.#toolbar.openMore(focused);
		} else if (this.#selection.move(event)) {
			event.preventDefault();
		}
	}
}

/** Returns the message that contains an element of the log. */
function articleOf(target: EventTarget | null): HTMLElement | undefined {
	return target instanceof Element
		? (target.closest<HTMLElement>(".message") ?? undefined)
		: undefined;
}
