import * as l10n from "@vscode/l10n";
import { html, nothing, type TemplateResult } from "lit/html.js";
import type { ViewCommand } from "../../shared/requests";
import { countdownText } from "../ui/formatTime";
import type { Post } from "../model/host";
import { linkButton } from "../ui/linkButton";
import { directNote, privacyNote } from "../rooms/privacyNote";
import { formatParts } from "../ui/formatParts";
import { openRoom, type Model } from "../model/model";
import { isolated, openRoomName } from "../people/names";

/** The reason why the log is empty. */
export type EmptyState = "connecting" | "noServer" | "noDatabase" | "silence";

/** Returns the reason for an empty log; `undefined` if there are entries, or the banner gives it. */
export function emptyStateOf(model: Model): EmptyState | undefined {
	const { connection, entries, edges, echoes, hasBacklog } = model;
	if (connection.kind === "online") {
		const isWhole = hasBacklog && edges.older === "none" && edges.newer === "none";
		const isSilent = echoes.length === 0 && entries.every((entry) => entry.kind === "notice");
		return isWhole && isSilent ? "silence" : undefined;
	}
	if (entries.length + echoes.length > 0) {
		return undefined;
	}
	switch (model.trouble) {
		case "noDatabase":
			return "noDatabase";
		case "unreachable":
			return "noServer";
		default:
			return connection.kind === "connecting" ? "connecting" : undefined;
	}
}

/** Returns true if the middle of the panel already shows the trouble, so that no banner needs to. */
export function showsTrouble(kind: EmptyState | undefined): boolean {
	return kind === "noServer" || kind === "noDatabase" || kind === "connecting";
}

/** Renders the reason for an empty log, and the actions that help. */
export function renderEmpty(
	kind: EmptyState | undefined,
	model: Model,
	nowMs: number,
	post: Post,
): TemplateResult | typeof nothing {
	switch (kind) {
		case undefined:
			return nothing;
		case "connecting":
			return html`<div class="empty">
				<span class="codicon codicon-loading codicon-modifier-spin" aria-hidden="true"></span>
				<p role="status">
					${model.isLoaded ? l10n.t("Connecting to {0}…", model.address.server) : nothing}
				</p>
			</div>`;
		case "silence":
			return renderSilence(model, post);
		case "noServer":
		case "noDatabase":
			return renderMissing(kind, model, nowMs, post);
	}
}

function renderSilence(model: Model, post: Post): TemplateResult {
	const isNamed = model.people.get(model.me ?? "")?.name !== undefined;
	const room = openRoom(model);
	return html`<div class="empty">
		<span class="codicon codicon-comment-discussion" aria-hidden="true"></span>
		<h2>
			${
				room?.kind === "direct"
					? formatParts(l10n.t("Say something to {0}."), isolated(openRoomName(model)))
					: l10n.t("No messages yet.")
			}
		</h2>
		${audienceOf(model).map((sentence) => html`<p>${sentence}</p>`)}
		${
			room?.kind === "private" && !room.isArchived
				? linkButton(l10n.t("Invite People…"), () =>
						post({ type: "roomAction", action: "invite", target: model.target }),
					)
				: nothing
		}
		${isNamed ? nothing : linkButton(l10n.t("Set Name"), run("setName", post))}
	</div>`;
}

/** Returns the sentences about who can read the first message. */
function audienceOf(model: Model): readonly string[] {
	const room = openRoom(model);
	if (room?.isArchived === true) {
		return [];
	}
	switch (room?.kind) {
		case "private":
			return [l10n.t("Write the first message below."), privacyNote()];
		case "direct":
			return [directNote()];
		default:
			return [
				l10n.t("Write the first message below. Everybody who uses this database will see it."),
			];
	}
}

function renderMissing(
	kind: "noServer" | "noDatabase",
	model: Model,
	nowMs: number,
	post: Post,
): TemplateResult {
	const { address, connection, canStartServer } = model;
	const isTrying = connection.kind === "connecting";
	return html`<div class="empty">
		<span class="codicon codicon-comment" aria-hidden="true"></span>
		<div role="status">
			<h2>
				${
					kind === "noServer"
						? l10n.t("No chat server at {0}", address.server)
						: l10n.t("No database “{0}” on {1}", address.database, address.server)
				}
			</h2>
			<p>
				${
					kind === "noServer"
						? canStartServer
							? l10n.t(
									"The server did not answer. Start one on this machine, or choose your team's server.",
								)
							: l10n.t("The server did not answer. Choose your team's server.")
						: l10n.t("The server answers, but has no database of this name. Choose another one.")
				}
			</p>
		</div>
		${
			canStartServer
				? html`<vscode-button @click=${run("startLocalServer", post)}
						>${l10n.t("Start a Local Server")}</vscode-button
					>`
				: nothing
		}
		${linkButton(l10n.t("Change Server…"), run("changeServer", post))}
		${
			isTrying
				? html`<p class="empty-next">${l10n.t("Connecting to {0}…", address.server)}</p>`
				: linkButton(l10n.t("Try Again"), run("reconnect", post))
		}
		${
			connection.kind === "waiting"
				? html`<p class="empty-next" aria-hidden="true">
						${countdownText(connection.retryAtMs, nowMs)}
					</p>`
				: nothing
		}
	</div>`;
}

function run(command: ViewCommand, post: Post): () => void {
	return () => post({ type: "command", command });
}
