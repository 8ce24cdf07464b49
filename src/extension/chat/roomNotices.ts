import { l10n } from "vscode";
import { excerptOf } from "../../shared/excerpt";
import { DisposableStore } from "../platform/disposable";
import type { Delivery } from "./outbox/delivery";
import type { OutboxEntry } from "./outbox/outbox";
import { isForRoom, roomOf } from "./outbox/outbox";
import type { NoticeContent } from "./room/notices";
import type { OpenRoom } from "./room/openRoom";
import type { ChatRooms, RoomStamp } from "./rooms";
import type { TitleSources } from "./roomTitle";
import { roomTitle } from "./roomTitle";

interface NoticeSources extends TitleSources {
	readonly delivery: Delivery;
	readonly rooms: ChatRooms;
}

/** Tells the user about rooms that are not open: about their failed messages, and their end. */
export class RoomNotices extends DisposableStore {
	readonly #delivery: Delivery;
	/** The names of rooms, also of those that the user is not in any more. */
	readonly #titles = new Map<string, string>();
	/** The ids of the failed messages that a notice reported. */
	readonly #reported = new Set<string>();
	/** The open room, while it shows the messages of a connection: a notice stands below them. */
	#shown: OpenRoom | undefined;

	constructor(sources: NoticeSources) {
		super();
		this.#delivery = sources.delivery;
		this.register(sources.delivery.onDidChange(() => this.#reportFailures()));
		this.register(
			sources.rooms.onDidChange((changes) => {
				for (const change of changes) {
					for (const room of change.type === "roomsChanged" ? change.upserts : []) {
						this.#titles.set(keyOf(room), roomTitle(sources, room));
					}
				}
			}),
		);
	}

	/**
	 * The room shows the messages of a connection now.
	 *
	 * @param closed the room that was open before and that the user can't enter any more
	 */
	attach(room: OpenRoom, closed: RoomStamp | undefined): void {
		this.#shown = room;
		if (closed !== undefined) {
			this.#notify(closedSentence(this.#titles.get(keyOf(closed))));
		}
		this.#reportFailures();
	}

	/** No room shows the messages of a connection. */
	detach(): void {
		this.#shown = undefined;
	}

	/** Forgets the names of the rooms of a database that was left. */
	forgetTitles(): void {
		this.#titles.clear();
	}

	/** Reports each failed message for another room than the open one, once. */
	#reportFailures(): void {
		const room = this.#shown;
		if (room === undefined || room.isDisposed) {
			return;
		}
		for (const entry of this.#delivery.outbox) {
			const { clientId, state } = entry;
			if (state !== "failed") {
				// A message that fails again after a retry is reported again.
				this.#reported.delete(clientId);
			} else if (!isForRoom(entry, room) && !this.#reported.has(clientId)) {
				this.#reported.add(clientId);
				this.#notify(failureSentence(this.#titles.get(keyOf(stampOf(entry))), entry));
			}
		}
	}

	#notify(sentence: string): void {
		const notice: NoticeContent = { what: "sentence", tone: "problem", sentence };
		this.#shown?.log.notify(notice);
	}
}

function stampOf(entry: OutboxEntry): RoomStamp {
	const { roomCreatedMicros: createdMicros } = entry;
	return { id: roomOf(entry), ...(createdMicros === undefined ? {} : { createdMicros }) };
}

function keyOf({ id, createdMicros }: Pick<RoomStamp, "id" | "createdMicros">): string {
	return `${id}@${createdMicros ?? ""}`;
}

function closedSentence(title: string | undefined): string {
	return title === undefined
		? l10n.t("You are no longer in the room that was open, so this room was opened.")
		: l10n.t("You are no longer in {0}, so this room was opened.", title);
}

function failureSentence(title: string | undefined, { reason = "", text }: OutboxEntry): string {
	const excerpt = excerptOf(text);
	return title === undefined
		? l10n.t("The message “{0}” for another room was not sent: {1}", excerpt, reason)
		: l10n.t("The message “{0}” for {1} was not sent: {2}", excerpt, title, reason);
}
