// VS Code adds the person's proxy and certificates to the modules "http" and "https", but not to "node:http"
// (VS Code 1.100 and 1.139, `extHostProxyResolver`). So requests take the same way as the socket.
import { Agent as HttpAgent, request as requestHttp } from "http";
import type { ClientRequest, IncomingMessage, RequestOptions } from "http";
import { Agent as HttpsAgent, request as requestHttps } from "https";

export interface HttpRequest {
	readonly url: URL;
	/** GET unless given, or POST with a body. A request with a method is never repeated. */
	readonly method?: "POST" | "PUT";
	/** Time for the whole exchange, until the last byte of the answer. */
	readonly timeoutMs: number;
	/** Longest body of the answer. */
	readonly maxBodyBytes: number;
	readonly headers: Readonly<Record<string, string>>;
	readonly body?: string | Uint8Array;
}

/** An answer without its headers, which may contain a token. */
export interface HttpAnswer {
	readonly status: number;
	/** Empty unless the status is a success. */
	readonly body: string;
}

/** Returns true for a status of success. */
export function isSuccess(status: number): boolean {
	return status >= 200 && status <= 299;
}

/** Thrown for an answer longer than `maxBodyBytes`. */
export class BodyTooLarge extends Error {}

/** Thrown without a complete answer within `timeoutMs`. */
export class RequestTimeout extends Error {}

/** Time for which an idle connection stays open. Queries for pages and counts follow each other quickly. */
const IDLE_MS = 4_000;
const AGENT_OPTIONS = { keepAlive: true, maxFreeSockets: 2, timeout: IDLE_MS };
const REDIRECTS = new Set([301, 302, 303, 307, 308]);

/** Idle connections, which don't keep the process alive. */
let agents: { readonly http: HttpAgent; readonly https: HttpsAgent } | undefined;

/**
 * Sends a request over HTTP. Loading `fetch` takes as long as everything else on opening (Node.js 20).
 * Refuses redirects, because a token must not go to another server.
 *
 * @throws BodyTooLarge, RequestTimeout, or an error of the network; none contains the request's headers
 */
export async function requestOnce(request: HttpRequest): Promise<HttpAnswer> {
	const attempt = new Attempt(request, request.method === undefined);
	try {
		return await attempt.answer();
	} catch (error) {
		// The server may close an idle connection at the moment of the next request.
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

	constructor(request: HttpRequest, mayReuse: boolean) {
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

	/** Returns true for an error of an idle connection that the server had closed. */
	wasStale(error: unknown): boolean {
		const { code } = error as NodeJS.ErrnoException;
		return this.#sent?.reusedSocket === true && (code === "ECONNRESET" || code === "EPIPE");
	}

	#open(): ClientRequest {
		const { url, headers, body, method = body === undefined ? "GET" : "POST" } = this.#request;
		agents ??= { http: new HttpAgent(AGENT_OPTIONS), https: new HttpsAgent(AGENT_OPTIONS) };
		const isSecure = url.protocol === "https:";
		const options: RequestOptions = {
			method,
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
