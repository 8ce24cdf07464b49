// VS Code puts a person's proxy and certificates into modules of these names, but not into "node:http"
// (VS Code 1.100 and 1.139, `extHostProxyResolver`). So requests take the same way as the socket.
import { Agent as HttpAgent, request as requestHttp } from "http";
import type { ClientRequest, IncomingMessage, RequestOptions } from "http";
import { Agent as HttpsAgent, request as requestHttps } from "https";

export interface HttpRequest {
	readonly url: URL;
	/** Limit for the whole exchange, until the last byte of the answer. */
	readonly timeoutMs: number;
	/** Limit for the body of the answer. */
	readonly maxBodyBytes: number;
	readonly headers: Readonly<Record<string, string>>;
	/** GET without a body and POST with one, unless given. */
	readonly method?: "POST" | "PUT";
	readonly body?: string | Uint8Array;
}

/** An answer without its headers, which may carry a token. */
export interface HttpAnswer {
	readonly status: number;
	/** Body of a success; empty for every other status. */
	readonly body: string;
}

/** Returns true for the statuses of a success. */
export function isSuccess(status: number): boolean {
	return status >= 200 && status <= 299;
}

/** The answer was longer than `maxBodyBytes`. */
export class BodyTooLarge extends Error {}

/** No whole answer arrived within `timeoutMs`. */
export class RequestTimeout extends Error {}

/** Longest time that an idle connection is kept; requests for pages follow each other quickly. */
const IDLE_MS = 4_000;
const KEPT = { keepAlive: true, maxFreeSockets: 2, timeout: IDLE_MS };
const REDIRECTS = new Set([301, 302, 303, 307, 308]);

/** Connections that wait for the next request; they do not keep Node running. */
let agents: { readonly http: HttpAgent; readonly https: HttpsAgent } | undefined;

/**
 * Sends one request over HTTP. Loading `fetch` would take as long as everything else at opening
 * (Node.js 20). Refuses redirects, since a token must not reach another server.
 *
 * @throws BodyTooLarge, RequestTimeout, or an error of the network; none contains the request's headers
 */
export async function requestOnce(request: HttpRequest): Promise<HttpAnswer> {
	const attempt = new Attempt(request);
	try {
		return await attempt.answer();
	} catch (error) {
		// The server may close a kept connection at the moment of its next use.
		if (attempt.wasStale(error)) {
			return new Attempt(request, false).answer();
		}
		throw error;
	}
}

class Attempt {
	readonly #request: HttpRequest;
	readonly #mayReuse: boolean;
	#sent: ClientRequest | undefined;

	constructor(request: HttpRequest, mayReuse = true) {
		this.#request = request;
		this.#mayReuse = mayReuse;
	}

	async answer(): Promise<HttpAnswer> {
		let timer: NodeJS.Timeout | undefined;
		try {
			return await new Promise<HttpAnswer>((resolve, reject) => {
				timer = setTimeout(
					() => reject(new RequestTimeout("no answer in time")),
					this.#request.timeoutMs,
				);
				const sent = this.#open();
				this.#sent = sent;
				sent.on("error", reject);
				sent.on("response", (response) => {
					this.#read(response).then(resolve, reject);
				});
				sent.end(this.#request.body);
			});
		} catch (error) {
			this.#sent?.destroy();
			throw error;
		} finally {
			clearTimeout(timer);
		}
	}

	/** Returns true if the error came from a kept connection that the server had closed. */
	wasStale(error: unknown): boolean {
		const { code } = error as NodeJS.ErrnoException;
		return this.#sent?.reusedSocket === true && (code === "ECONNRESET" || code === "EPIPE");
	}

	#open(): ClientRequest {
		const { url, headers, method, body } = this.#request;
		agents ??= { http: new HttpAgent(KEPT), https: new HttpsAgent(KEPT) };
		const isSecure = url.protocol === "https:";
		const options: RequestOptions = {
			method: method ?? (body === undefined ? "GET" : "POST"),
			headers,
			agent: this.#mayReuse && (isSecure ? agents.https : agents.http),
		};
		return isSecure ? requestHttps(url, options) : requestHttp(url, options);
	}

	async #read(response: IncomingMessage): Promise<HttpAnswer> {
		const { statusCode: status = 0 } = response;
		if (REDIRECTS.has(status)) {
			throw new Error("unexpected redirect");
		}
		if (!isSuccess(status)) {
			response.destroy();
			return { status, body: "" };
		}
		const chunks: Buffer[] = [];
		let bytes = 0;
		for await (const chunk of response as AsyncIterable<Buffer>) {
			chunks.push(chunk);
			bytes += chunk.length;
			if (bytes > this.#request.maxBodyBytes) {
				throw new BodyTooLarge("the answer is too long");
			}
		}
		return { status, body: new TextDecoder().decode(Buffer.concat(chunks)) };
	}
}
