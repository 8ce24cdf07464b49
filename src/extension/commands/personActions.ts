import { env, l10n, window } from "vscode";
import type { Role, Sanction } from "../../shared/person";
import { displayName } from "../../shared/person";
import type { PersonAction } from "../../shared/requests";
import { LOBBY } from "../../shared/room";
import type { ChatSession } from "../chat/session";
import { MAX_REASON_LENGTH } from "../../shared/moduleConstants";
import { callReducer, callReducerIn } from "../chat/callReducer";
import { Refusal } from "../platform/failure";
import { asLabel, askText } from "./prompts";

const MINUTE_S = 60;
const HOUR_S = 60 * MINUTE_S;
const DAY_S = 24 * HOUR_S;

/** Runs an action on a person; asks for a reason or a duration where the action needs one. */
export async function actOnPerson(
	session: ChatSession,
	action: PersonAction,
	person: string,
): Promise<void> {
	const name = asLabel(displayName(session.people.get(person)));
	// People belong to the database; every database has the lobby.
	const target = session.roomAddress(LOBBY);
	switch (action) {
		case "copyIdentity":
			await env.clipboard.writeText(person);
			break;
		case "message":
			await openDirect(session, person);
			break;
		case "timeOut":
			await timeOut(session, person, name);
			break;
		case "ban": {
			const reason = await askReason(l10n.t("Ban {0}", name));
			if (reason !== undefined) {
				await callReducerIn(session, target, { type: "ban", person, reason });
			}
			break;
		}
		case "lift":
			await lift(session, person, name);
			break;
		case "setRank":
			await setRole(session, person, name);
			break;
	}
}

/** Opens the direct messages with a person; creates their room if there is none. */
export async function openDirect(session: ChatSession, person: string): Promise<void> {
	const findRoom = () =>
		session.roomsApi
			?.rooms()
			.find(({ kind, members }) => kind === "direct" && members.includes(person));
	if (findRoom() === undefined) {
		await callReducer(session.roomsApi, { type: "openDirect", person });
	}
	const room = findRoom();
	if (room === undefined) {
		throw new Refusal(l10n.t("Could not open the conversation. Try again."));
	}
	await session.enterRoom(room.id);
}

async function timeOut(session: ChatSession, person: string, name: string): Promise<void> {
	const target = session.roomAddress(LOBBY);
	const spans = [
		{ label: l10n.t("5 minutes"), seconds: 5 * MINUTE_S },
		{ label: l10n.t("1 hour"), seconds: HOUR_S },
		{ label: l10n.t("1 day"), seconds: DAY_S },
		{ label: l10n.t("7 days"), seconds: 7 * DAY_S },
	];
	const title = l10n.t("Time Out {0}", name);
	const span = await window.showQuickPick(spans, { title, placeHolder: l10n.t("For how long?") });
	const reason = span === undefined ? undefined : await askReason(title);
	if (span !== undefined && reason !== undefined) {
		await callReducerIn(session, target, {
			type: "timeOut",
			person,
			seconds: span.seconds,
			reason,
		});
	}
}

async function lift(session: ChatSession, person: string, name: string): Promise<void> {
	const target = session.roomAddress(LOBBY);
	const choices: { label: string; sanction: Sanction["kind"] }[] = [
		{ label: l10n.t("Time-out"), sanction: "timeOut" },
		{ label: l10n.t("Ban"), sanction: "ban" },
	];
	const title = l10n.t("Lift a Sanction of {0}", name);
	const known = session.people.get(person)?.sanction?.kind;
	const kind =
		known ??
		(await window.showQuickPick(choices, { title, placeHolder: l10n.t("Which one?") }))?.sanction;
	const reason = kind === undefined ? undefined : await askReason(title, true);
	if (kind !== undefined && reason !== undefined) {
		await callReducerIn(session, target, { type: "lift", person, kind, reason });
	}
}

async function setRole(session: ChatSession, person: string, name: string): Promise<void> {
	const target = session.roomAddress(LOBBY);
	const roles: { label: string; detail: string; role: Role | undefined }[] = [
		{ label: l10n.t("Member"), detail: l10n.t("Can read and write."), role: undefined },
		{
			label: l10n.t("Moderator"),
			detail: l10n.t("Can remove messages, and time out or ban members."),
			role: "moderator",
		},
		{
			label: l10n.t("Owner"),
			detail: l10n.t("Can appoint moderators and owners. Can’t be timed out or banned."),
			role: "owner",
		},
	];
	const choice = await window.showQuickPick(roles, { title: l10n.t("Role of {0}", name) });
	if (choice !== undefined) {
		await callReducerIn(session, target, { type: "setRole", person, role: choice.role });
	}
}

async function askReason(title: string, isOptional = false): Promise<string | undefined> {
	return askText(title, l10n.t("The reason. The person and all moderators can see it."), {
		max: MAX_REASON_LENGTH,
		isOptional,
	});
}
