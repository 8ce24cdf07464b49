import { l10n, StatusBarAlignment, window } from "vscode";
import { displayName } from "../../shared/person";
import type { ChatSession } from "../chat/session";
import { DisposableStore } from "../platform/disposable";

/** Names in the tooltip; a hall of a thousand people is told as a number. */
const MAX_NAMES = 20;

interface Face {
	readonly text: string;
	readonly label: string;
	/** Plain text: names are never read as icons or links here. */
	readonly tooltip: string;
}

/** How many people are online, or why that can't be told; also while the panel is closed. */
export class StatusBar extends DisposableStore {
	readonly #session: ChatSession;
	readonly #item = this.register(
		window.createStatusBarItem("spacetimedbChat.people", StatusBarAlignment.Right, 100),
	);

	constructor(session: ChatSession) {
		super();
		this.#session = session;
		this.#item.name = l10n.t("SpacetimeDB Chat");
		this.#item.command = "spacetimedbChat.openPanel";
		this.register(session.connection.onDidChangeState(() => this.#show()));
		this.register(session.onDidReset(() => this.#show()));
		this.register(session.rooms.onDidChange(() => this.#show()));
		this.register(session.people.onDidChange(() => this.#show()));
		this.#show();
		this.#item.show();
	}

	/** The item's accessible name. */
	get label(): string {
		return this.#face().label;
	}

	#show(): void {
		const { text, label, tooltip } = this.#face();
		this.#item.text = text;
		this.#item.tooltip = tooltip;
		this.#item.accessibilityInformation = { label, role: "button" };
	}

	#face(): Face {
		const { state } = this.#session;
		switch (state.kind) {
			case "online":
				return this.#onlineFace();
			case "connecting":
				return sentenceFace("$(sync~spin)", l10n.t("SpacetimeDB Chat: connecting"));
			case "waiting":
				return sentenceFace(
					"$(debug-disconnect)",
					l10n.t("SpacetimeDB Chat: offline"),
					state.reason.sentence,
				);
			case "refused":
				return sentenceFace(
					"$(error)",
					l10n.t("SpacetimeDB Chat: not connected"),
					state.reason.sentence,
				);
			case "disconnected":
				return sentenceFace("$(comment-discussion)", l10n.t("SpacetimeDB Chat: disconnected"));
		}
	}

	#onlineFace(): Face {
		const people = this.#session.people.online();
		const label = l10n.t("{0} people online", people.length);
		const names = people
			.map((person) =>
				person.identity === this.#session.people.me
					? l10n.t("{0} (you)", displayName(person))
					: displayName(person),
			)
			.sort((a, b) => a.localeCompare(b));
		const shown = names.slice(0, MAX_NAMES);
		const rest = names.length - shown.length;
		const lines = rest > 0 ? [...shown, l10n.t("and {0} more", rest)] : shown;
		const { mentions } = this.#session.rooms;
		const forMe = mentions === 0 ? [] : [l10n.t("{0} unread for you", mentions)];
		return {
			text: [
				`$(comment-discussion) ${people.length}`,
				...forMe.map(() => `$(mention) ${mentions}`),
			].join(" "),
			label: [label, ...forMe].join(", "),
			tooltip: [label, ...forMe, ...lines].join("\n"),
		};
	}
}

function sentenceFace(icon: string, label: string, sentence?: string): Face {
	return { text: icon, label, tooltip: sentence === undefined ? label : `${label}\n${sentence}` };
}
