import * as l10n from "@vscode/l10n";
import { registerControls } from "./ui/controls";
import { ViewState } from "./model/viewState";
import { reportFocus } from "./frame/focusReporter";
import { Host, type VsCodeApi } from "./model/host";
import { registerCodeBlock } from "./markdown/codeBlock";
import { registerLongText } from "./markdown/longText";
import { Panel } from "./panel";

// One style sheet, in an order in which later rules may rely on earlier ones.
import "./ui/base.css";
import "./ui/list.css";
import "./ui/popup.css";
import "./frame/frame.css";
import "./rooms/rooms.css";
import "./people/people.css";
import "./message/message.css";
import "./markdown/markdown.css";
import "./log/log.css";
import "./search/search.css";
import "./composer/composer.css";

declare function acquireVsCodeApi(): VsCodeApi;

/** Loads the strings of the display language; the view is English without them. */
function configureL10n(): void {
	const contents = document.body.dataset["l10n"];
	if (contents !== undefined && contents !== "") {
		l10n.config({ contents });
	}
}

function start(): void {
	const api = acquireVsCodeApi();
	const host: Host = new Host(api, window, (event) => panel.receive(event));
	try {
		configureL10n();
	} catch (error) {
		host.reportError(error);
	}
	registerControls();
	registerCodeBlock();
	registerLongText();
	const root = document.getElementById("app");
	if (root === null) {
		throw new Error("The page has no #app.");
	}
	const panel = new Panel(root, new ViewState(api), host.post);
	// Only the page gets this event, not the extension host.
	window.addEventListener("online", () => host.post({ type: "networkBack" }));
	panel.ready();
	reportFocus(host.post);
}

start();
