import { safeLink } from "../../shared/link";

/** As long as the protocol lets a link be. */
const MAX_LINK_LENGTH = 4096;
/** A word that reads like an address: a scheme with slashes, or labels with dots between them. */
const ADDRESS_LIKE =
	/^(?:[a-z][a-z0-9+.-]*:\/\/\S+|(?:[\p{L}\p{N}-]+\.)+\p{L}{2,}(?:[:/?#]\S*)?)$/iu;

export interface ServerSessionTarget {
	readonly href: string;
	/** Empty for an e-mail address. */
	readonly host: string;
}

/** Where a link leads, or `undefined` if nobody should go there. */
export function linkTarget(href: string): ServerSessionTarget | undefined {
	const safe = safeLink(href);
	if (safe === undefined || safe.length > MAX_LINK_LENGTH) {
		return undefined;
	}
	const { host } = new URL(safe);
	return { href: safe, host };
}

/**
 * The host to show behind a link, if its text reads like another address, or its host is written in
 * letters that may look like others.
 */
export function hostToShow(text: string, target: ServerSessionTarget): string | undefined {
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
