import { MAX_REQUEST_LENGTH } from "../../shared/protocol";
import type { ToHost } from "../../shared/requests";

/** Copies a text to the clipboard: through the host, or through the browser if it exceeds a request. */
export async function copyText(text: string, post: (request: ToHost) => void): Promise<void> {
	if (text.length < MAX_REQUEST_LENGTH) {
		post({ type: "copy", text });
	} else {
		await navigator.clipboard.writeText(text);
	}
}
