import { l10n, StatusBarAlignment, window } from "vscode";
import { displayName } from "../../shared/person";
import type { ChatSession } from "../chat/session";
import { DisposableStore } from "../platform/disposable";
import { pluralForm } from "../platform/locale";

/** Most names in the tooltip; the rest is a number. */
const MAX_NAMES = 20;

interface Content {
	readonly text: string;
	readonly label: string;
	/** Plain text, so that no name becomes an icon or a link. */
	readonly tooltip: string;
}

/** Shows the number of people online, or the reason for having none; also while the panel is closed. */
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

	/** Accessible name of the item. */
	get label(): string {
		return this.#content().label;
	}

	#show(): void {
		const { text, label, tooltip } = this.#content();
		this.#item.text = text;
		this.#item.tooltip = tooltip;
		this.#item.accessibilityInformation = { label, role: "button" };
	}

	#content(): Content {
		const { state } = this.#session;
		switch (state.kind) {
			case "online":
				return this.#onlineContent();
			case "connecting":
				return sentenceContent("$(sync~spin)", l10n.t("SpacetimeDB Chat: connecting"));
			case "waiting":
				return sentenceContent(
					"$(debug-disconnect)",
					l10n.t("SpacetimeDB Chat: offline"),
					state.reason.sentence,
				);
			case "refused":
				return sentenceContent(
					"$(error)",
					l10n.t("SpacetimeDB Chat: not connected"),
					state.reason.sentence,
				);
			case "disconnected":
				return sentenceContent("$(comment-discussion)", l10n.t("SpacetimeDB Chat: disconnected"));
		}
	}

	#onlineContent(): Content {
		const people = this.#session.people.online();
		const label = pluralForm(people.length, {
			one: l10n.t("{0} person online", people.length),
			other: l10n.t("{0} people online", people.length),
		});
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
			label: forMe.length === 0 ? label : l10n.t("{0}, {1}", label, ...forMe),
			tooltip: [label, ...forMe, ...lines].join("\n"),
		};
	}
}

function sentenceContent(icon: string, label: string, sentence?: string): Content {
	return { text: icon, label, tooltip: sentence === undefined ? label : `${label}\n${sentence}` };
}
