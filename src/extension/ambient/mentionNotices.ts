import { l10n, window } from "vscode";
import { displayName } from "../../shared/person";
import type { MentionRow } from "../chat/backend";
import type { ChatSession } from "../chat/session";
import { DisposableStore } from "../platform/disposable";
import { plain } from "../platform/failure";
import { notifiesOfMentions } from "../platform/settings";
import type { Attention } from "../platform/attention";
import { roomTitle } from "../chat/roomTitle";

/** Shows a notification for a mention or a direct message while nobody is at this window. */
export class MentionNotices extends DisposableStore {
	readonly #session: ChatSession;
	readonly #attention: Attention;
	readonly #open: () => Promise<void>;

	/** @param open shows the panel */
	constructor(session: ChatSession, attention: Attention, open: () => Promise<void>) {
		super();
		this.#session = session;
		this.#attention = attention;
		this.#open = open;
		this.register(session.onDidMention((mention) => void this.#show(mention)));
	}

	async #show({ room: id, sender, excerpt }: MentionRow): Promise<void> {
		const room = this.#session.rooms.get(id);
		if (this.#attention.isHere || !notifiesOfMentions() || room?.isMuted !== false) {
			return;
		}
		const name = displayName(this.#session.people.get(sender));
		const sentence =
			room.kind === "direct"
				? l10n.t("{0}: {1}", name, excerpt)
				: l10n.t("{0} in {1}: {2}", name, roomTitle(this.#session, room), excerpt);
		const target = this.#session.roomAddress(id);
		const open = l10n.t("Open");
		const choice = await window.showInformationMessage(plain(sentence), open);
		if (choice === open) {
			// The notification stays for hours; the settings may name another database by then.
			if (this.#session.problemWith(target) === undefined) {
				await this.#session.enterRoom(id);
			}
			await this.#open();
		}
	}
}
