import * as l10n from "@vscode/l10n";
import { html, nothing, render } from "lit/html.js";
import type { Entry } from "../../shared/chat";
import type { Drafts } from "../model/viewState";
import { roomBeginningOf, renderLoadingMessages, renderNewerEdge, renderOlderEdge } from "./edges";
import { emptyStateOf, renderEmpty } from "../frame/emptyState";
import { toRows } from "./grouping";
import { renderRows } from "./rows";
import type { Post } from "../model/host";
import { LogScroll } from "./logScroll";
import type { MessageActions } from "../message/messageActions";
import { EMPTY_MODEL, isAtLatest, isSameRoom, shownEntries, type Model } from "../model/model";
import { Pace } from "./drawBudget";
import { ScrollAnchors } from "./scrollAnchors";
import { drawRangeOf, type DrawRange } from "./drawRange";
import { EdgeLoader } from "./edgeLoader";
import { Revealer } from "./revealer";
import { Selection } from "./selection";
import { Toolbar } from "../message/toolbar";
import { BottomReporter } from "./bottomReporter";
import { unreadStart } from "./unreadStart";

/**
 * In a flood the end runs away from what was drawn above it. That is drawn again once it is over: when
 * nothing of it was lost for so long.
 */
const FLOOD_MS = 150;

/** The middle of the panel: a window of what was said, and the ways beyond its ends. */
export class Log {
	readonly element = document.createElement("div");
	readonly #rows = document.createElement("div");
	readonly #older = document.createElement("div");
	readonly #newer = document.createElement("div");
	readonly #empty = document.createElement("div");
	readonly #post: Post;
	readonly #turns: BottomReporter;
	readonly #actions: MessageActions;
	readonly #onTurn: () => void;
	readonly #scroll: LogScroll;
	readonly #selection: Selection;
	readonly #toolbar: Toolbar;
	readonly #places: ScrollAnchors;
	readonly #reveal = new Revealer();
	readonly #reach: EdgeLoader;
	#model: Model = EMPTY_MODEL;
	/** The model that is on the screen … */
	#drawn: Model = EMPTY_MODEL;
	/** … and which of its entries. */
	#drawnKeys: ReadonlySet<string> = new Set();
	#isWhole = true;
	#hasEnd = true;
	readonly #pace = new Pace();
	#fresh = 0;
	#beganMs = 0;
	/** When entries that are still to be shown had to be left out last, on the page's clock. */
	#lostMs = -Infinity;
	#wasAtLatest = true;
	/** A snapshot has come since the last drawing. */
	#isReplaced = false;
	/** The window of what was said last is on its way. */
	#isGoingToLatest = false;

	/** `onTurn` is told when the reader came to the end of what was said last, or left it. */
	constructor(actions: MessageActions, drafts: Drafts, onTurn: () => void) {
		this.#post = actions.post;
		this.#reach = new EdgeLoader(actions.post);
		this.#turns = new BottomReporter(actions.post);
		this.#places = new ScrollAnchors(drafts);
		this.#actions = actions;
		this.#onTurn = onTurn;
		const { element } = this;
		element.className = "log";
		element.tabIndex = 0;
		element.setAttribute("role", "log");
		element.setAttribute("aria-label", l10n.t("Messages"));
		// What is new is gathered and said by the announcer instead.
		element.setAttribute("aria-live", "off");
		this.#empty.className = "log-empty";
		this.#rows.className = "log-rows";
		const content = document.createElement("div");
		content.className = "log-content";
		content.append(this.#older, this.#rows, this.#newer);
		element.append(this.#empty, content);
		element.addEventListener("keydown", (event) => this.#onKeydown(event));
		this.#scroll = new LogScroll(element, this.#rows, () => this.#onMove());
		this.#selection = new Selection(element, this.#rows);
		this.#toolbar = new Toolbar(actions);
		const follow = ({ target }: Event): void => this.#toolbar.attach(articleOf(target));
		this.#rows.addEventListener("focusin", follow);
		// Not when the lines move below a mouse at rest.
		this.#rows.addEventListener("pointermove", follow, { passive: true });
		element.addEventListener("pointerleave", () => this.#toolbar.attach(this.#selection.focused));
		element.addEventListener("focusout", ({ relatedTarget }) => {
			if (relatedTarget instanceof Node && !element.contains(relatedTarget)) {
				this.#toolbar.attach(undefined);
			}
		});
	}

	/** Whether the reader sees, or would see, what is said next. */
	get isAtLatest(): boolean {
		return this.#scroll.isAtEnd && isAtLatest(this.#model);
	}

	/** Takes the model; it is drawn later, or never. */
	take(model: Model): void {
		if (this.#model.isLoaded && !isSameRoom(this.#model, model)) {
			this.#places.leave(this.#model, this.#scroll);
			this.#places.enter();
		}
		this.#model = model;
	}

	/** Takes word that everything is new. */
	replaced(): void {
		this.#isReplaced = true;
		if (this.#isGoingToLatest) {
			this.#isGoingToLatest = false;
			this.#scroll.jump();
		}
	}

	/** Puts this entry into the middle and marks it, when the log is drawn next. */
	reveal(key: string): void {
		this.#isGoingToLatest = false;
		this.#reveal.want(key);
	}

	/** Goes to the end of what was said last, for which the host may have to be asked. */
	goToLatest(): void {
		if (!isAtLatest(this.#model)) {
			this.#isGoingToLatest = true;
			this.#post({ type: "goToLatest" });
		} else {
			this.#scroll.jump();
		}
	}

	/** Shows an own line that was just written, and with it what was said last. */
	showOwn(): void {
		this.goToLatest();
		this.#scroll.jump();
	}

	/** Draws the lines. `settle` is to follow once everything around them was drawn too. */
	draw(nowMs: number): void {
		const model = this.#model;
		this.#beganMs = performance.now();
		if (isSameRoom(this.#drawn, model)) {
			this.#scroll.before();
		} else {
			this.#scroll.forget();
			this.#drawnKeys = new Set();
		}
		if (this.#isReplaced) {
			this.#isReplaced = false;
			this.#turns.forget();
		}
		this.#drawn = model;
		const { edges } = model;
		const all = shownEntries(model);
		const { from, to, fresh } = this.#portionOf(all);
		this.#fresh = fresh;
		this.#hasEnd = to === all.length;
		this.#isWhole = this.#hasEnd && from === 0;
		const entries = all.slice(from, to);
		if (
			this.#scroll.isFollowing &&
			all.slice(0, from).some(({ key }) => this.#drawnKeys.has(key))
		) {
			this.#lostMs = this.#beganMs;
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
				? renderNewerEdge(edges.newer, () => this.#reach.load("loadNewer", model))
				: nothing,
			this.#newer,
		);
		if (hadFocus && !this.element.contains(document.activeElement)) {
			// The line or the button that had it is gone.
			this.element.focus({ preventScroll: true });
		}
	}

	/**
	 * Puts what is read where it was. Returns the milliseconds until what is not drawn yet should be, or
	 * `undefined` if nothing is left.
	 */
	settle(): number | undefined {
		this.#scroll.after(isAtLatest(this.#drawn), this.#hasEnd);
		this.#places.arrive(this.#drawn, this.#scroll, this.#rows);
		const line = this.#reveal.find(this.#rows);
		if (line !== undefined) {
			this.#scroll.centre(line);
			this.#reveal.mark(line);
		}
		this.#turn();
		this.#ask();
		const nowMs = performance.now();
		this.#pace.took(this.#fresh, nowMs - this.#beganMs);
		return this.#isWhole ? undefined : Math.max(0, this.#lostMs + FLOOD_MS - nowMs);
	}

	/** What to draw now: around what is looked for, else the end for a reader there, else what is read. */
	#portionOf(entries: readonly Entry[]): DrawRange {
		const read = this.#scroll.isFollowing ? [] : this.#scroll.readKeys;
		const indices = new Map(entries.map(({ key }, index) => [key, index]));
		const wanted = [this.#reveal.key ?? "", this.#places.anchor(this.#model) ?? ""];
		const known = [...wanted, ...read].flatMap((key) => indices.get(key) ?? []);
		const [anchor = entries.length - 1] = known;
		return drawRangeOf(
			entries,
			(one) => this.#drawnKeys.has(one),
			Math.max(0, anchor),
			this.#pace.most,
		);
	}

	#renderBeginning(model: Model): unknown {
		const { edges, hasBacklog, connection } = model;
		if (!hasBacklog) {
			return connection.kind === "online" ? renderLoadingMessages() : nothing;
		}
		const { older } = edges;
		const beginning = roomBeginningOf(model);
		return html`${renderOlderEdge(older, beginning, () => this.#reach.load("loadOlder", model))}${
			older === "none" && beginning.privacy !== ""
				? html`<p class="log-privacy">${beginning.privacy}</p>`
				: nothing
		}`;
	}

	#onMove(): void {
		this.#turn();
		this.#places.moved(() => this.#drawn, this.#scroll);
		this.#ask();
	}

	/** The reader may have come to what was said last, or left it, by what is on the screen. */
	#turn(): void {
		const isThere = this.#scroll.isAtEnd && isAtLatest(this.#drawn);
		this.#turns.tell(this.#drawn, isThere);
		if (isThere !== this.#wasAtLatest) {
			this.#wasAtLatest = isThere;
			this.#onTurn();
		}
	}

	/** Asks for more before the reader comes to where the window ends. */
	#ask(): void {
		if (!this.#isGoingToLatest && this.#isWhole) {
			this.#reach.ask(this.element, this.#drawn);
		}
	}

	/** The browser moves a log that has the focus by itself; its end is not always that of the window. */
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

/** The message that something in the log belongs to. */
function articleOf(target: EventTarget | null): HTMLElement | undefined {
	return target instanceof Element
		? (target.closest<HTMLElement>(".message") ?? undefined)
		: undefined;
}
