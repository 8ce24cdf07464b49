import { env, l10n, window } from "vscode";
import { promptForAddress } from "./changeServer";
import type { ChatSession } from "../chat/session";
import { sendMessage as send } from "../chat/outbox/sendMessage";
import { setName as changeName } from "../chat/setName";
import { nameProblemSentence } from "../chat/textProblems";
import type { CommandName } from "../contributions";
import { plain, Refusal, reportFailure } from "../platform/failure";
import { exportRoom, goToDate } from "./history";
import type { LocalServer } from "./localServer/localServer";
import type { Log } from "../platform/log";
import { changeAddress } from "../platform/settings";
import { readComposerInput } from "../../shared/composerInput";
import type { SendOutcome } from "../../shared/protocol";
import type { RoomAddress } from "../../shared/room";
import { cleanName } from "../../shared/text";
import { askPerson } from "./prompts";
import { showModerationLog } from "./moderationLog";
import { openDirect } from "./personActions";
import { openRepositoryRoom } from "./repositoryRoom";
import { createRoom, switchRoom } from "./roomActions";
import { setAvailability, setStatus } from "./status";
import type { PanelProvider } from "../panel/provider";

/** What the commands act on. */
export interface CommandTargets {
	readonly session: ChatSession;
	readonly view: Pick<PanelProvider, "open" | "togglePeople" | "openSearch" | "revealTime">;
	readonly localServer: Pick<LocalServer, "start">;
	readonly log: Log;
}

/** What each command does, with its wish as it follows "Could not". */
const COMMANDS: Record<CommandName, Command> = {
	setName: { wish: () => l10n.t("set the name"), run: setName },
	sendMessage: { wish: () => l10n.t("send the message"), run: sendMessage },
	openPanel: { wish: () => l10n.t("open the panel"), run: ({ view }) => view.open() },
	connect: {
		wish: () => l10n.t("connect"),
		run: ({ session: { connection } }) => {
			if (connection.state.kind !== "online") {
				connection.connect();
			}
		},
	},
	disconnect: {
		wish: () => l10n.t("disconnect"),
		run: ({ session: { connection } }) => {
			if (!connection.isWanted) {
				throw new Refusal(l10n.t("The chat is disconnected already."));
			}
			connection.disconnect();
		},
	},
	reconnect: {
		wish: () => l10n.t("reconnect"),
		run: ({ session: { connection } }) => connection.connect(),
	},
	changeServer: { wish: () => l10n.t("change the server"), run: changeServer },
	forgetIdentity: { wish: () => l10n.t("forget the identity"), run: forgetIdentity },
	copyIdentity: { wish: () => l10n.t("copy the identity"), run: copyIdentity },
	showLog: { wish: () => l10n.t("show the log"), run: ({ log }) => log.show() },
	startLocalServer: {
		wish: () => l10n.t("start a local server"),
		run: ({ localServer }) => localServer.start(),
	},
	togglePeople: {
		wish: () => l10n.t("show the people"),
		run: ({ view }) => view.togglePeople(),
	},
	search: { wish: () => l10n.t("search"), run: ({ view }) => view.openSearch() },
	goToDate: { wish: () => l10n.t("go to a date"), run: goToDate },
	exportRoom: { wish: () => l10n.t("export the messages"), run: exportRoom },
	switchRoom: { wish: () => l10n.t("switch the room"), run: talking(switchRoom) },
	createRoom: {
		wish: () => l10n.t("create the room"),
		run: talking((session) => createRoom(session)),
	},
	openRepositoryRoom: {
		wish: () => l10n.t("open the repository's room"),
		run: talking(openRepositoryRoom),
	},
	messagePerson: { wish: () => l10n.t("open the conversation"), run: talking(messagePerson) },
	setStatus: { wish: () => l10n.t("set the status"), run: talking(setStatus) },
	setAvailability: { wish: () => l10n.t("set the availability"), run: talking(setAvailability) },
	showModerationLog: {
		wish: () => l10n.t("show the moderation log"),
		run: talking(showModerationLog),
	},
};

interface Command {
	readonly wish: () => string;
	run(targets: CommandTargets, argument: unknown): void | Promise<void>;
}

/** A command of a database with rooms: elsewhere it says that there are none. */
function talking(run: (session: ChatSession) => Promise<void>): Command["run"] {
	return async ({ session }) => {
		requireOnline(session, l10n.t("do that"));
		if (session.roomsApi === undefined) {
			throw new Refusal(l10n.t("This database has one room, and nobody to message alone."));
		}
		await run(session);
	};
}

async function messagePerson(session: ChatSession): Promise<void> {
	const person = await askPerson(session, l10n.t("Chat: Message Someone"), () => true);
	if (person !== undefined) {
		await openDirect(session, person);
	}
}

/** Runs a command behind the error boundary that all of them have. */
export async function runCommand(
	targets: CommandTargets,
	name: CommandName,
	argument: unknown,
): Promise<void> {
	const command = COMMANDS[name];
	try {
		await command.run(targets, argument);
	} catch (error) {
		reportFailure(targets.log, command.wish(), error);
	}
}

/** @param argument a name given by a key binding or a test; asked for otherwise */
async function setName({ session }: CommandTargets, argument: unknown): Promise<void> {
	requireOnline(session, l10n.t("set the name"));
	const { people, limits } = session;
	const before = people.me === undefined ? undefined : people.get(people.me)?.name;
	let name =
		typeof argument === "string"
			? argument
			: await askForName(before ?? "", limits.nameLength, l10n.t("How others see you"));
	while (name !== undefined) {
		const wanted = name;
		const outcome = await changeName(session, wanted);
		if (outcome.kind === "accepted") {
			return;
		}
		if (typeof argument === "string") {
			throw new Refusal(outcome.sentence);
		}
		// What was typed comes back with the reason, to be mended.
		name = await askForName(wanted, limits.nameLength, outcome.sentence);
	}
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

/** Does what a typed line asks for: sets the name, or sends a message to `target`. */
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
		case "unknownCommand":
			return {
				kind: "refused",
				sentence: l10n.t("Use /name to set your name. Start with // to send a slash."),
			};
	}
}

/** @param argument a line given by a key binding or a test; asked for otherwise */
async function sendMessage({ session }: CommandTargets, argument: unknown): Promise<void> {
	requireWished(session, l10n.t("send a message"));
	const target = session.roomAddress(session.openRoom.id);
	let prompt = l10n.t("Sent to {0}", session.address?.database ?? "");
	let line = typeof argument === "string" ? argument : await askForLine("", prompt);
	while (line !== undefined) {
		const typed = line;
		const outcome = await runTyped(session, target, typed);
		if (outcome.kind === "accepted") {
			return;
		}
		if (typeof argument === "string") {
			throw new Refusal(outcome.sentence);
		}
		prompt = outcome.sentence;
		line = await askForLine(typed, prompt);
	}
}

async function askForLine(value: string, prompt: string): Promise<string | undefined> {
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
	// The two settings change one after the other; between them they name a third place.
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
		throw new Refusal(l10n.t("The settings name no server, so there is no identity to forget."));
	}
	const forget = l10n.t("Forget Identity");
	const choice = await window.showWarningMessage(
		l10n.t("Forget who you are in {0} on {1}?", address.database, address.server),
		{
			modal: true,
			detail: l10n.t(
				"This can’t be undone: nobody, not even the server, can give you this identity back. You will be somebody new.",
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

/** @param wish as it follows "Could not" */
function requireWished(session: ChatSession, wish: string): void {
	const { state } = session;
	if (state.kind === "disconnected") {
		throw new Refusal(l10n.t("Could not {0}: the chat is disconnected.", wish));
	}
	if (state.kind === "refused") {
		throw new Refusal(l10n.t("Could not {0}: {1}", wish, state.reason.sentence));
	}
}

function requireOnline(session: ChatSession, wish: string): void {
	requireWished(session, wish);
	if (session.state.kind !== "online") {
		throw new Refusal(l10n.t("Could not {0}: there is no connection yet.", wish));
	}
}
