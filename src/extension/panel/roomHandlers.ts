import { env, l10n } from "vscode";
import type { SendOutcome } from "../../shared/protocol";
import type { RoomAddress } from "../../shared/room";
import { LOBBY } from "../../shared/room";
import { cleanMessage } from "../../shared/text";
import type { MessageAction, PersonAction, RoomAction } from "../../shared/requests";
import type { ChatSession } from "../chat/session";
import { callReducer } from "../chat/callReducer";
import { messageProblemSentence } from "../chat/textProblems";
import { DisposableStore } from "../platform/disposable";
import { Refusal, reportFailure } from "../platform/failure";
import type { Log } from "../platform/log";
import type { Attention } from "../platform/attention";
import { confirmDelete, confirmRemove, showVersions } from "../commands/messageActions";
import { actOnPerson } from "../commands/personActions";
import { actOnRoom } from "../commands/roomActions";

/** Handles the requests that act on rooms, people and messages, beside sending. */
export class RoomHandlers extends DisposableStore {
	readonly #session: ChatSession;
	readonly #log: Log;
	readonly #attention: Attention;
	/** The newest message seen in each room while the user was away from the window. */
	readonly #seen = new Map<number, { readonly target: RoomAddress; readonly seq: number }>();

	constructor(session: ChatSession, attention: Attention, log: Log) {
		super();
		this.register(attention.onDidReturn(() => this.#markRead()));
		this.#session = session;
		this.#attention = attention;
		this.#log = log;
	}

	/** Edits an own message. Resolves with `refused` where the writer must keep the text. Never rejects. */
	async edit(target: RoomAddress, seq: number, typed: string): Promise<SendOutcome> {
		const problem = this.#session.problemWith(target);
		if (problem !== undefined) {
			return { kind: "refused", sentence: problem };
		}
		const message = cleanMessage(typed, this.#session.limits.messageLength);
		if (!message.ok) {
			return { kind: "refused", sentence: messageProblemSentence(message.problem) };
		}
		const { text } = message;
		try {
			await callReducer(this.#session.roomsApi, {
				type: "editPost",
				room: target.room,
				seq,
				text,
			});
			return { kind: "accepted" };
		} catch (error) {
			return { kind: "refused", sentence: error instanceof Error ? error.message : "" };
		}
	}

	async enterRoom(target: RoomAddress): Promise<void> {
		await this.#run(target, l10n.t("Could not open the room."), () =>
			this.#session.enterRoom(target.room),
		);
	}

	async react(target: RoomAddress, seq: number, emoji: string, isOn: boolean): Promise<void> {
		const { room } = target;
		const failure = isOn
			? l10n.t("Could not add the reaction.")
			: l10n.t("Could not remove the reaction.");
		await this.#run(target, failure, () =>
			callReducer(this.#session.roomsApi, { type: "react", room, seq, emoji, isOn }),
		);
	}

	/** Marks messages as read, at once or when the user comes back to the window. */
	seen(target: RoomAddress, seq: number): void {
		if (this.#session.problemWith(target) === undefined) {
			this.#seen.set(target.room, { target, seq });
			if (this.#attention.isHere) {
				this.#markRead();
			}
		}
	}

	/** The panel has the focus, or has it no more. */
	focused(isFocused: boolean): void {
		this.#attention.panelFocused(isFocused);
	}

	/** Reports no failure: the next message marks the room again. */
	#markRead(): void {
		for (const { target, seq } of this.#seen.values()) {
			if (this.#session.problemWith(target) === undefined) {
				const { room } = target;
				this.#session.roomsApi?.call({ type: "markRead", room, seq }, () => undefined);
			}
		}
		this.#seen.clear();
	}

	typing(target: RoomAddress): void {
		if (this.#session.problemWith(target) === undefined) {
			const { room } = target;
			this.#session.roomsApi?.call({ type: "startTyping", room }, () => undefined);
		}
	}

	async messageAction(action: MessageAction, target: RoomAddress, seq: number): Promise<void> {
		const { openRoom } = this.#session;
		const { room } = target;
		const row = openRoom.id === room ? openRoom.log.rowAt(seq) : undefined;
		switch (action) {
			case "delete":
				await this.#run(target, l10n.t("Could not delete the message."), () =>
					confirmDelete(this.#session, target, seq),
				);
				break;
			case "remove":
				await this.#run(target, l10n.t("Could not remove the message."), () =>
					confirmRemove(this.#session, target, seq),
				);
				break;
			case "showVersions":
				await this.#run(target, l10n.t("Could not show the earlier versions."), () =>
					showVersions(this.#session, room, seq, row?.text),
				);
				break;
			case "copyText":
				await env.clipboard.writeText(row?.text ?? "");
				break;
		}
	}

	async personAction(action: PersonAction, database: string, identity: string): Promise<void> {
		// People belong to the database; every database has the lobby.
		const target = { database, room: LOBBY };
		await this.#run(target, l10n.t("Could not complete this action."), () =>
			actOnPerson(this.#session, action, identity),
		);
	}

	async roomAction(action: RoomAction, target: RoomAddress): Promise<void> {
		await this.#run(target, l10n.t("Could not complete this action."), () =>
			actOnRoom(this.#session, action, target.room),
		);
	}

	/** Runs a request that was made for `target`, and reports its failure with a whole sentence. */
	async #run(target: RoomAddress, failure: string, act: () => Promise<void>): Promise<void> {
		try {
			const problem = this.#session.problemWith(target);
			if (problem !== undefined) {
				throw new Refusal(problem);
			}
			await act();
		} catch (error) {
			reportFailure(this.#log, failure, error);
		}
	}
}
