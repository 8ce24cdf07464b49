import { MAX_REQUEST_LENGTH } from "../../shared/protocol";
import type { Post } from "../model/host";

/** Puts a text on the clipboard: by the host, or where that takes no text so long, by the browser. */
export async function copyText(text: string, post: Post): Promise<void> {
	if (text.length < MAX_REQUEST_LENGTH) {
		post({ type: "copy", text });
	} else {
		await navigator.clipboard.writeText(text);
	}
}
