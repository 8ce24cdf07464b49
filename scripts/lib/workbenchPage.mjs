// What is changed in the workbench's page on its way to the browser.

/** @typedef {Record<string, unknown>} Settings */

/**
 * What the workbench is told about itself; of it, what is changed here.
 * @typedef {object} Configuration
 * @property {Settings} [configurationDefaults]
 * @property {string} [webviewEndpoint]
 */

/**
 * @typedef {object} Page
 * @property {string} html
 * @property {import("node:http").IncomingHttpHeaders} headers
 */

/**
 * @typedef {object} Changes
 * @property {Settings} settings as the workbench's defaults. Application settings can be given no other
 * way: a browser keeps the user's settings in its own store
 * @property {number} [webviewsPort] where each webview is a site of its own, so that a browser gives it a
 * process and a thread of its own, as the desktop does: a name below `localhost` is this machine. For a
 * browser that lets such a frame keep data, since VS Code's service worker needs it
 */

/** @param {Page} page @param {Changes} changes @returns {Page} */
export function changedPage({ html, headers }, { settings, webviewsPort }) {
	const changed = withConfiguration(html, (configuration) => ({
		...configuration,
		configurationDefaults: { ...configuration.configurationDefaults, ...settings },
		...(webviewsPort === undefined
			? {}
			: { webviewEndpoint: `http://{{uuid}}.localhost:${webviewsPort}${pathOf(configuration)}` }),
	}));
	const { "transfer-encoding": _chunked, etag: _old, ...kept } = headers;
	const policy = headers["content-security-policy"];
	return {
		html: changed,
		headers: {
			...kept,
			"content-length": String(Buffer.byteLength(changed)),
			"cache-control": "no-store",
			...(webviewsPort === undefined || policy === undefined
				? {}
				: { "content-security-policy": withFrames(policy, `http://*.localhost:${webviewsPort}`) }),
		},
	};
}

/**
 * @param {string} html
 * @param {(configuration: Configuration) => Configuration} change
 */
function withConfiguration(html, change) {
	return html.replace(
		/(id="vscode-workbench-web-configuration" data-settings=")([^"]*)"/,
		(_all, head, escaped) => {
			const told = JSON.parse(String(escaped).replaceAll("&quot;", '"').replaceAll("&amp;", "&"));
			const text = JSON.stringify(change(told)).replaceAll("&", "&amp;").replaceAll('"', "&quot;");
			return `${head}${text}"`;
		},
	);
}

/** @param {Configuration} configuration whose endpoint is relative to the page */
function pathOf({ webviewEndpoint = "" }) {
	return new URL(webviewEndpoint, "http://localhost/").pathname;
}

/** @param {string | string[]} policy @param {string} origins */
function withFrames(policy, origins) {
	return String(policy).replace("frame-src ", `frame-src ${origins} `);
}
