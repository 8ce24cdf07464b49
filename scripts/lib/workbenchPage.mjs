// Changes the workbench's page on its way to the browser.

/** @typedef {Record<string, unknown>} Settings */

/**
 * The part of the workbench's configuration that is changed here.
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
 * @property {Settings} settings the workbench's defaults. Application settings have no other source,
 * since a browser keeps the user's settings in its own store
 * @property {number} [webviewsPort] the port on which each webview is a site of its own, below
 * `localhost`. A browser gives such a site a process of its own, as the desktop does. The browser must let
 * such a frame keep data, since VS Code's service worker needs that
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
			const before = JSON.parse(String(escaped).replaceAll("&quot;", '"').replaceAll("&amp;", "&"));
			const text = JSON.stringify(change(before))
				.replaceAll("&", "&amp;")
				.replaceAll('"', "&quot;");
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
