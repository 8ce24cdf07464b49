import { env, l10n, window } from "vscode";
import { promptForAddress } from "./changeServer";
import { sendMessage as send } from "../chat/sendMessage";
import { roomTitle } from "../chat/roomTitle";
import type { ChatSession } from "../chat/session";
import { setName as changeName } from "../chat/setName";
import { nameProblemSentence } from "../chat/textProblems";
import type { CommandName } from "../contributions";
import { joinSentences, plain, Refusal, reportFailure } from "../platform/failure";
import { exportRoom, goToDate } from "./history";
import type { LocalServer } from "./localServer/localServer";
import type { Log } from "../platform/log";
import { changeAddress } from "../platform/settings";
import { helpText, readComposerInput, unknownCommandText } from "../../shared/composerInput";
import type { SendOutcome } from "../../shared/protocol";
import type { RoomAddress } from "../../shared/room";
import { cleanName } from "../../shared/text";
import { asLabel, askPerson } from "./prompts";
import type { PanelCommands } from "./panelCommands";
import { showModerationLog } from "./moderationLog";
import { openDirect } from "./personActions";
import { openRepositoryRoom } from "./repositoryRoom";
import { createRoom, switchRoom } from "./roomActions";
import { setAvailability, setStatus } from "./status";

/** Parts of the chat that commands act on. */
export interface CommandTargets {
	readonly session: ChatSession;
	readonly panel: PanelCommands;
	readonly localServer: Pick<LocalServer, "start">;
	readonly log: Log;
}

/** Part of a session that a command can't do without. */
type Need =
	/** The connection is up, or is being opened. */
	| "connection"
	| "online"
	/** The connection is up, and the database has rooms. */
	| "rooms";

interface Command {
	/** The whole sentence for a command that failed. */
	readonly failure: () => string;
	readonly needs?: Need;
	readonly run: (targets: CommandTargets, argument: unknown) => void | Promise<void>;
}

const COMMANDS: Record<CommandName, Command> = {
	setName: { failure: () => l10n.t("Could not set the name."), needs: "online", run: setName },
	sendMessage: {
		failure: () => l10n.t("Could not send the message."),
		needs: "connection",
		run: sendMessage,
	},
	openPanel: {
		failure: () => l10n.t("Could not open the panel."),
		run: ({ panel }) => panel.open(),
	},
	connect: {
		failure: () => l10n.t("Could not connect."),
		run: ({ session: { connection } }) => {
			if (connection.state.kind !== "online") {
				connection.connect();
			}
		},
	},
	disconnect: {
		failure: () => l10n.t("Could not disconnect."),
		run: ({ session: { connection } }) => {
			if (!connection.isWanted) {
				throw new Refusal(l10n.t("The chat is disconnected already."));
			}
			connection.disconnect();
		},
	},
	reconnect: {
		failure: () => l10n.t("Could not reconnect."),
		run: ({ session: { connection } }) => connection.connect(),
	},
	changeServer: { failure: () => l10n.t("Could not change the server."), run: changeServer },
	forgetIdentity: {
		failure: () => l10n.t("Could not forget the identity."),
		run: forgetIdentity,
	},
	copyIdentity: { failure: () => l10n.t("Could not copy the identity."), run: copyIdentity },
	showLog: { failure: () => l10n.t("Could not show the log."), run: ({ log }) => log.show() },
	startLocalServer: {
		failure: () => l10n.t("Could not start a local server."),
		run: ({ localServer }) => localServer.start(),
	},
	togglePeople: {
		failure: () => l10n.t("Could not show the people."),
		run: ({ panel }) => panel.togglePeople(),
	},
	search: {
		failure: () => l10n.t("Could not open the search."),
		run: ({ panel }) => panel.openSearch(),
	},
	goToDate: { failure: () => l10n.t("Could not go to that date."), run: goToDate },
	exportRoom: { failure: () => l10n.t("Could not export the messages."), run: exportRoom },
	switchRoom: {
		failure: () => l10n.t("Could not switch the room."),
		needs: "rooms",
		run: ({ session }) => switchRoom(session),
	},
	createRoom: {
		failure: () => l10n.t("Could not create the room."),
		needs: "rooms",
		run: ({ session }) => createRoom(session),
	},
	openRepositoryRoom: {
		failure: () => l10n.t("Could not open the repository’s room."),
		needs: "rooms",
		run: ({ session }) => openRepositoryRoom(session),
	},
	messagePerson: {
		failure: () => l10n.t("Could not open the conversation."),
		needs: "rooms",
		run: messagePerson,
	},
	setStatus: {
		failure: () => l10n.t("Could not set the status."),
		needs: "rooms",
		run: ({ session }) => setStatus(session),
	},
	setAvailability: {
		failure: () => l10n.t("Could not set the availability."),
		needs: "rooms",
		run: ({ session }) => setAvailability(session),
	},
	showModerationLog: {
		failure: () => l10n.t("Could not show the moderation log."),
		needs: "rooms",
		run: ({ session }) => showModerationLog(session),
	},
};

/** Runs a command and reports its failure to the person. */
export async function runCommand(
	targets: CommandTargets,
	name: CommandName,
	argument: unknown,
): Promise<void> {
	const { failure, needs, run } = COMMANDS[name];
	try {
		const reason = missing(targets.session, needs);
		if (reason !== undefined) {
			throw new Refusal(joinSentences(failure(), reason));
		}
		await run(targets, argument);
	} catch (error) {
		reportFailure(targets.log, failure(), error);
	}
}

/** Returns the sentence for a need that the session does not meet. */
function missing(session: ChatSession, need: Need | undefined): string | undefined {
	const { state } = session;
	if (need === undefined) {
		return undefined;
	}
	if (state.kind === "disconnected") {
		return l10n.t("The chat is disconnected.");
	}
	if (state.kind === "refused") {
		return state.reason.sentence;
	}
	if (need !== "connection" && state.kind !== "online") {
		return l10n.t("There is no connection yet.");
	}
	return need === "rooms" && session.roomsApi === undefined
		? l10n.t("This database has only one room and no direct messages.")
		: undefined;
}

async function messagePerson({ session }: CommandTargets): Promise<void> {
	const person = await askPerson(session, l10n.t("Chat: Message Someone"), () => true);
	if (person !== undefined) {
		await openDirect(session, person);
	}
}

/**
 * Sends a text until it is accepted. Asks for the text unless there is an argument, and asks again after
 * each refusal.
 *
 * @throws Refusal for a refused argument
 */
async function submit(
	argument: unknown,
	ask: (refused?: { text: string; reason: string }) => Promise<string | undefined>,
	send: (text: string) => Promise<SendOutcome>,
): Promise<void> {
	const isGiven = typeof argument === "string";
	let text = isGiven ? argument : await ask();
	while (text !== undefined) {
		const sent = text;
		const outcome = await send(sent);
		if (outcome.kind === "accepted") {
			return;
		}
		if (isGiven) {
			throw new Refusal(outcome.sentence);
		}
		text = await ask({ text: sent, reason: outcome.sentence });
	}
}

/** @param argument the name, if a key binding or a test gives one */
async function setName({ session }: CommandTargets, argument: unknown): Promise<void> {
	const { people, limits } = session;
	const before = people.me === undefined ? undefined : people.get(people.me)?.name;
	const prompt = l10n.t("The name that other people see");
	await submit(
		argument,
		(refused) =>
			askForName(refused?.text ?? before ?? "", limits.nameLength, refused?.reason ?? prompt),
		(name) => changeName(session, name),
	);
}

async function askForName(value: string, max: number, prompt: string): Promise<string | undefined> {
	return window.showInputBox({
		title: l10n.t("Chat: Set Name"),
		prompt: plain(prompt),
		value,
		ignoreFocusOut: true,
		validateInput: (text) => {
			const name = cleanName(text, max);
			return name.ok ? undefined : nameProblemSentence(name.problem);
		},
	});
}

/** Does what a typed text asks for: sets the name, or sends a message to `target`. */
async function runTyped(
	session: ChatSession,
	target: RoomAddress,
	typed: string,
): Promise<SendOutcome> {
	const input = readComposerInput(typed);
	switch (input.kind) {
		case "name":
			return changeName(session, input.name);
		case "message":
			return send(session, { clientId: crypto.randomUUID(), text: input.text, target });
		case "help":
			return { kind: "refused", sentence: helpText(l10n) };
		case "unknownCommand":
			return { kind: "refused", sentence: unknownCommandText(l10n, input.word) };
	}
}

/** @param argument the text, if a key binding or a test gives one */
async function sendMessage({ session }: CommandTargets, argument: unknown): Promise<void> {
	const { id } = session.openRoom;
	const target = session.roomAddress(id);
	const room = session.rooms.get(id);
	const database = session.address?.database ?? "";
	const title = room === undefined || room.name === "" ? database : roomTitle(session, room);
	const prompt = l10n.t("The message goes to {0}.", asLabel(title));
	await submit(
		argument,
		(refused) => askForMessage(refused?.text ?? "", refused?.reason ?? prompt),
		(typed) => runTyped(session, target, typed),
	);
}

async function askForMessage(value: string, prompt: string): Promise<string | undefined> {
	return window.showInputBox({
		title: l10n.t("Chat: Send Message"),
		prompt: plain(prompt),
		value,
		ignoreFocusOut: true,
	});
}

async function changeServer({ session }: CommandTargets): Promise<void> {
	const wanted = await promptForAddress();
	if (wanted === undefined) {
		return;
	}
	// The two settings change one after the other; between the changes they name a third database.
	session.connection.disconnect();
	try {
		await changeAddress(wanted.server, wanted.database);
	} finally {
		session.connection.connect();
	}
}

async function forgetIdentity({ session }: CommandTargets): Promise<void> {
	const { address } = session;
	if (address === undefined) {
		throw new Refusal(l10n.t("No server is set, so there is no identity to forget."));
	}
	const forget = l10n.t("Forget Identity");
	const choice = await window.showWarningMessage(
		l10n.t("Forget your identity in {0} on {1}?", address.database, address.server),
		{
			modal: true,
			detail: l10n.t(
				"This can’t be undone. Nobody can restore this identity, not even the server. In this chat you will be a new person.",
			),
		},
		forget,
	);
	if (choice === forget) {
		await session.forgetIdentity();
	}
}

async function copyIdentity({ session: { people } }: CommandTargets): Promise<void> {
	if (people.me === undefined) {
		throw new Refusal(l10n.t("There is no identity to copy before the first connection."));
	}
	await env.clipboard.writeText(people.me);
	window.setStatusBarMessage(l10n.t("$(check) Identity copied"), 3_000);
}
