import { env, l10n } from "vscode";
import type { SendOutcome } from "../../shared/protocol";
import { cleanMessage } from "../../shared/text";
import type { MessageAction, PersonAction, RoomAction } from "../../shared/requests";
import type { ReducerCall } from "../chat/backend";
import type { ChatSession } from "../chat/session";
import { callReducer } from "../chat/callReducer";
import { messageProblemSentence } from "../chat/textProblems";
import { DisposableStore } from "../platform/disposable";
import { reportFailure } from "../platform/failure";
import type { Log } from "../platform/log";
import type { Attention } from "../ambient/attention";
import { confirmDelete, confirmRemove, showVersions } from "../commands/messageActions";
import { actOnPerson } from "../commands/personActions";
import { actOnRoom } from "../commands/roomActions";

/** What a view may wish of rooms, people and messages beside sending. */
export class RoomHandlers extends DisposableStore {
	readonly #session: ChatSession;
	readonly #log: Log;
	readonly #attention: Attention;
	/** Seen in a window that nobody was at. */
	readonly #seen = new Map<number, number>();

	constructor(session: ChatSession, attention: Attention, log: Log) {
		super();
		this.register(attention.onDidReturn(() => this.#markRead()));
		this.#session = session;
		this.#attention = attention;
		this.#log = log;
	}

	/** As with a send, a refused text goes back to the writer. */
	edit(room: number, seq: number, raw: string, onResult: (outcome: SendOutcome) => void): void {
		const message = cleanMessage(raw, this.#session.limits.messageLength);
		if (!message.ok) {
			onResult({ kind: "refused", sentence: messageProblemSentence(message.problem) });
			return;
		}
		callReducer(this.#session.roomsApi, { type: "editPost", room, seq, text: message.text }).then(
			() => onResult({ kind: "accepted" }),
			(error: unknown) =>
				onResult({ kind: "refused", sentence: error instanceof Error ? error.message : "" }),
		);
	}

	async enterRoom(room: number): Promise<void> {
		await this.#try(l10n.t("open the room"), () => this.#session.enterRoom(room));
	}

	async react(room: number, seq: number, emoji: string, isOn: boolean): Promise<void> {
		await this.#call(l10n.t("react"), { type: "react", room, seq, emoji, isOn });
	}

	/** Marks as read what is seen, now or when somebody comes back to the window. */
	seen(room: number, seq: number): void {
		this.#seen.set(room, seq);
		if (this.#attention.isHere) {
			this.#markRead();
		}
	}

	/** The panel has the focus, or has it no more. */
	focused(isFocused: boolean): void {
		this.#attention.panelFocused(isFocused);
	}

	/** Not worth a word if it fails: it is said again with the next message. */
	#markRead(): void {
		for (const [room, seq] of this.#seen) {
			this.#session.roomsApi?.call({ type: "markRead", room, seq }, () => undefined);
		}
		this.#seen.clear();
	}

	typing(room: number): void {
		this.#session.roomsApi?.call({ type: "startTyping", room }, () => undefined);
	}

	async messageAction(action: MessageAction, room: number, seq: number): Promise<void> {
		const row = this.#session.store.roomId === room ? this.#session.store.rowAt(seq) : undefined;
		switch (action) {
			case "delete":
				await this.#try(l10n.t("delete the message"), () =>
					confirmDelete(this.#session, room, seq),
				);
				break;
			case "remove":
				await this.#try(l10n.t("remove the message"), () =>
					confirmRemove(this.#session, room, seq),
				);
				break;
			case "showVersions":
				await this.#try(l10n.t("show the earlier texts"), () =>
					showVersions(this.#session, room, seq, row?.text),
				);
				break;
			case "copyText":
				await env.clipboard.writeText(row?.text ?? "");
				break;
		}
	}

	async personAction(action: PersonAction, identity: string): Promise<void> {
		await this.#try(l10n.t("do that"), () => actOnPerson(this.#session, action, identity));
	}

	async roomAction(action: RoomAction, room: number): Promise<void> {
		await this.#try(l10n.t("do that"), () => actOnRoom(this.#session, action, room));
	}

	async #call(wish: string, reducerCall: ReducerCall): Promise<void> {
		await this.#try(wish, () => callReducer(this.#session.roomsApi, reducerCall));
	}

	/** One error boundary for all of them: the person gets a sentence, the log the rest. */
	async #try(wish: string, act: () => Promise<void>): Promise<void> {
		try {
			await act();
		} catch (error) {
			reportFailure(this.#log, wish, error);
		}
	}
}
