import type { QuickPickItem } from "vscode";
import { l10n, window } from "vscode";
import type { Person } from "../../shared/person";
import { displayName, shortIdentity } from "../../shared/person";
import { scalarLength } from "../../shared/text";
import type { ChatSession } from "../chat/session";
import { plain } from "../platform/failure";

/** Words of a person or a server in a quick pick: no icon is made of them. */
export function asLabel(text: string): string {
	return plain(text).replace(/\$\(/gu, "$ (");
}

/** Asks for a line of text; `undefined`: the person changed their mind. */
export async function askText(
	title: string,
	prompt: string,
	{ value = "", max, isOptional = false }: { value?: string; max: number; isOptional?: boolean },
): Promise<string | undefined> {
	const typed = await window.showInputBox({
		title,
		prompt: plain(prompt),
		value,
		ignoreFocusOut: true,
		validateInput: (text) => {
			if (!isOptional && text.trim() === "") {
				return l10n.t("Type something.");
			}
			return scalarLength(text) > max ? l10n.t("At most {0} characters.", max) : undefined;
		},
	});
	return typed?.trim();
}

/** Asks before something that can't be taken back. `yes` is what its button says. */
export async function isConfirmed(question: string, detail: string, yes: string): Promise<boolean> {
	return (await window.showWarningMessage(question, { modal: true, detail }, yes)) === yes;
}

interface PersonItem extends QuickPickItem {
	readonly identity: string;
}

/** Asks for one of these people; oneself is not offered. */
export async function askPerson(
	session: ChatSession,
	title: string,
	isOffered: (person: Person) => boolean,
): Promise<string | undefined> {
	const items = session.people
		.all()
		.filter((person) => person.identity !== session.people.me && isOffered(person))
		.sort((a, b) => Number(b.isOnline) - Number(a.isOnline) || byName(a, b))
		.map((person): PersonItem => ({
			label: asLabel(displayName(person)),
			description: shortIdentity(person.identity),
			...(person.isOnline ? { detail: l10n.t("online") } : {}),
			identity: person.identity,
		}));
	const choice = await window.showQuickPick(items, {
		title,
		placeHolder: items.length === 0 ? l10n.t("There is nobody to choose.") : l10n.t("Who?"),
		matchOnDescription: true,
	});
	return choice?.identity;
}

function byName(a: Person, b: Person): number {
	return displayName(a).localeCompare(displayName(b));
}
