import type { Post } from "../model/host";
import { isPanelVisible } from "../ui/visibility";

/** Reports to the host when the panel gets or loses the focus. */
export function reportFocus(post: Post): void {
	let reported = false;
	const report = (): void => {
		const isFocused = isPanelVisible() && document.hasFocus();
		if (isFocused !== reported) {
			reported = isFocused;
			post({ type: "focused", isFocused });
		}
	};
	window.addEventListener("focus", report);
	window.addEventListener("blur", report);
	document.addEventListener("visibilitychange", report);
	report();
}
