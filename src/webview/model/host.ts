import { readToWebview, type ToWebview } from "../../shared/protocol";
import type { ToHost } from "../../shared/requests";

/** What VS Code gives a webview. */
export interface VsCodeApi {
	postMessage(message: unknown): void;
	getState(): unknown;
	setState(state: unknown): void;
}

/** A wish for the extension host. */
export type Post = (wish: ToHost) => void;

/** Characters of an error that the host's log gets; the protocol takes 8,192. */
const MAX_ERROR_LENGTH = 8000;

/** The extension host as the view sees it: facts come in, wishes go out. */
export class Host {
	readonly #api: VsCodeApi;

	constructor(api: VsCodeApi, source: Window, onFact: (fact: ToWebview) => void) {
		this.#api = api;
		source.addEventListener("message", (event: MessageEvent<unknown>) => {
			const fact = readToWebview(event.data);
			if (fact !== undefined) {
				onFact(fact);
			}
		});
		source.addEventListener("error", (event) => this.reportError(event.error ?? event.message));
		source.addEventListener("unhandledrejection", (event) => this.reportError(event.reason));
	}

	readonly post: Post = (wish) => this.#api.postMessage(wish);

	/** Ships an error of the view to the host's log. Never throws. */
	reportError(error: unknown): void {
		const message =
			error instanceof Error ? (error.stack ?? `${error.name}: ${error.message}`) : String(error);
		this.post({ type: "viewError", message: message.slice(0, MAX_ERROR_LENGTH) });
	}
}
