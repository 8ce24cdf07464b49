import { readToWebview, type ToWebview } from "../../shared/protocol";
import type { ToHost } from "../../shared/requests";

/** The API that VS Code gives a webview. */
export interface VsCodeApi {
	postMessage(message: unknown): void;
	getState(): unknown;
	setState(state: unknown): void;
}

/** Posts a request to the extension host. */
export type Post = (request: ToHost) => void;

/** The longest error text for the host's log; the protocol accepts 8,192 characters. */
const MAX_ERROR_LENGTH = 8000;

/** The connection to the extension host: receives events and posts requests. */
export class Host {
	readonly #api: VsCodeApi;

	constructor(api: VsCodeApi, source: Window, onEvent: (event: ToWebview) => void) {
		this.#api = api;
		source.addEventListener("message", ({ data }: MessageEvent<unknown>) => {
			const event = readToWebview(data);
			if (event !== undefined) {
				onEvent(event);
			}
		});
		source.addEventListener("error", (event) => this.reportError(event.error ?? event.message));
		source.addEventListener("unhandledrejection", (event) => this.reportError(event.reason));
	}

	readonly post: Post = (request) => this.#api.postMessage(request);

	/** Sends an error of the view to the host's log. Never throws. */
	reportError(error: unknown): void {
		const message =
			error instanceof Error ? (error.stack ?? `${error.name}: ${error.message}`) : String(error);
		this.post({ type: "viewError", message: message.slice(0, MAX_ERROR_LENGTH) });
	}
}
