import type { Post } from "../model/host";
import { isSeen } from "../log/readReporter";

/** Tells the host when the panel gets the focus and when it loses it. */
export function reportFocus(post: Post): void {
	let told = false;
	const tell = (): void => {
		const isFocused = isSeen() && document.hasFocus();
		if (isFocused !== told) {
			told = isFocused;
			post({ type: "focused", isFocused });
		}
	};
	window.addEventListener("focus", tell);
	window.addEventListener("blur", tell);
	document.addEventListener("visibilitychange", tell);
	tell();
}
