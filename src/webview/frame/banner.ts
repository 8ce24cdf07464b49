import * as l10n from "@vscode/l10n";
import { html, nothing, type TemplateResult } from "lit/html.js";
import type { ConnectionState, Remedy } from "../../shared/connectionState";
import type { ViewCommand } from "../../shared/requests";
import { countdownText } from "../ui/formatTime";
import type { Post } from "../model/host";
import { linkButton } from "../ui/linkButton";

export interface BannerView {
	readonly connection: ConnectionState;
	readonly server: string;
	readonly nowMs: number;
}

interface Banner {
	readonly tone: "quiet" | "warn" | "problem";
	readonly icon: string;
	readonly sentence: string;
	/** The countdown, hidden from screen readers since it changes each second. */
	readonly countdown?: string;
	readonly action?: { readonly label: string; readonly command: ViewCommand };
}

/** Renders the line about a problem with the connection; nothing while it is up. */
export function renderBanner(view: BannerView, post: Post): TemplateResult | typeof nothing {
	const banner = toBanner(view);
	if (banner === undefined) {
		return nothing;
	}
	const { tone, icon, sentence, countdown, action } = banner;
	return html`<div class="banner ${tone}">
		<span class="codicon codicon-${icon}" aria-hidden="true"></span>
		<span class="banner-sentence"
			><span role="status">${sentence}</span>${
				countdown === undefined
					? nothing
					: html` <span class="banner-countdown" aria-hidden="true">${countdown}</span>`
			}</span
		>
		${
			action === undefined
				? nothing
				: linkButton(action.label, () => post({ type: "command", command: action.command }))
		}
	</div>`;
}

/** Returns the label of the button for a remedy. */
function remedyLabel(remedy: Remedy): string {
	switch (remedy) {
		case "changeServer":
			return l10n.t("Change Server…");
		case "forgetIdentity":
			return l10n.t("Forget Identity…");
		case "openSettings":
			return l10n.t("Open Settings");
		case "startLocalServer":
			return l10n.t("Start a Local Server");
		case "allowInsecure":
			return l10n.t("Connect Anyway");
	}
}

function toBanner({ connection, server, nowMs }: BannerView): Banner | undefined {
	switch (connection.kind) {
		case "online":
			return undefined;
		case "connecting":
			return connection.attempt > 1
				? { tone: "quiet", icon: "sync", sentence: l10n.t("Connecting to {0}…", server) }
				: undefined;
		case "disconnected":
			return {
				tone: "quiet",
				icon: "debug-disconnect",
				sentence: l10n.t("You are disconnected."),
				action: { label: l10n.t("Connect"), command: "connect" },
			};
		case "waiting":
			return {
				tone: "warn",
				icon: "warning",
				sentence: connection.reason.sentence,
				countdown: countdownText(connection.retryAtMs, nowMs),
				action: { label: l10n.t("Reconnect"), command: "reconnect" },
			};
		case "refused":
			return {
				tone: "problem",
				icon: "error",
				sentence: connection.reason.sentence,
				action: { label: remedyLabel(connection.remedy), command: connection.remedy },
			};
	}
}
