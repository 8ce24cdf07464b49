import { safeLink } from "../../shared/link";

/** The longest link that the protocol accepts. */
const MAX_LINK_LENGTH = 4096;
/** A word that looks like an address: a scheme with slashes, or labels with dots between them. */
const ADDRESS_LIKE =
	/^(?:[a-z][a-z0-9+.-]*:\/\/\S+|(?:[\p{L}\p{N}-]+\.)+\p{L}{2,}(?:[:/?#]\S*)?)$/iu;

/** The address of a link and its host. */
export interface LinkTarget {
	readonly href: string;
	/** Empty for an e-mail address. */
	readonly host: string;
}

/** Returns the target of a link; `undefined` if it is not safe to open. */
export function linkTarget(href: string): LinkTarget | undefined {
	const safe = safeLink(href);
	if (safe === undefined || safe.length > MAX_LINK_LENGTH) {
		return undefined;
	}
	const { host } = new URL(safe);
	return { href: safe, host };
}

/**
 * Returns the host to show behind a link, if its text looks like another address, or its host has letters
 * that may look like others.
 */
export function hostToShow(text: string, target: LinkTarget): string | undefined {
	if (target.host === "") {
		return undefined;
	}
	const isLookalike = target.host.split(".").some((label) => label.startsWith("xn--"));
	const isOther = text
		.split(/\s+/u)
		.some((word) => ADDRESS_LIKE.test(word) && hostOf(word) !== target.host);
	return isLookalike || isOther ? target.host : undefined;
}

function hostOf(word: string): string | undefined {
	const address = /^[a-z][a-z0-9+.-]*:\/\//iu.test(word) ? word : `https://${word}`;
	return URL.canParse(address) ? new URL(address).host : undefined;
}
