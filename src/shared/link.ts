/** Known to both sides, though declared by neither's common library. */
declare const URL: new (href: string) => {
	readonly href: string;
	readonly protocol: string;
	readonly username: string;
	readonly password: string;
};

const SCHEMES = ["http:", "https:", "mailto:"];

/**
 * The target of a link that may be opened, normalised; `undefined` for any other. Web and mail only,
 * and no `user@host`, which is made to mislead.
 */
export function safeLink(href: string): string | undefined {
	let url: InstanceType<typeof URL>;
	try {
		url = new URL(href);
	} catch {
		return undefined;
	}
	return SCHEMES.includes(url.protocol) && url.username === "" && url.password === ""
		? url.href
		: undefined;
}
