// VS Code puts a person's proxy and certificates into these two, as they are named here and not as
// "node:http" (VS Code 1.100 and 1.139, `extHostProxyResolver`): so requests go where the socket goes.
import { Agent as HttpAgent, request as requestHttp } from "http";
import type { ClientRequest, IncomingMessage, RequestOptions } from "http";
import { Agent as HttpsAgent, request as requestHttps } from "https";

export interface HttpRequest {
	readonly url: URL;
	/** For the whole exchange, until the last byte of the answer. */
	readonly timeoutMs: number;
	/** Of the answer. */
	readonly maxBodyBytes: number;
	readonly headers: Readonly<Record<string, string>>;
	/** Sent with POST; without one it is a GET. */
	readonly body?: string;
}

/** What an answer says; nothing of its headers, which may carry a token. */
export interface HttpAnswer {
	readonly status: number;
	/** Of a status that is a success; empty else. */
	readonly body: string;
}

/** Whether a status says that the answer is what was asked for. */
export function isSuccess(status: number): boolean {
	return status >= 200 && status <= 299;
}

/** The answer went on beyond `maxBodyBytes`. */
export class BodyTooLarge extends Error {}

/** There was no whole answer within `timeoutMs`. */
export class RequestTimeout extends Error {}

/** How long an idle connection is kept, in milliseconds: pages and counts come in quick succession. */
const IDLE_MS = 4_000;
const KEPT = { keepAlive: true, maxFreeSockets: 2, timeout: IDLE_MS };
const REDIRECTS = new Set([301, 302, 303, 307, 308]);

/** Connections that wait for the next request. Node doesn't stay awake for them. */
let agents: { readonly http: HttpAgent; readonly https: HttpsAgent } | undefined;

/**
 * Asks a server over HTTP. `fetch` does the same, and loading it takes as long as all else on opening
 * (Node.js 20). Redirects are refused, since a token must not go elsewhere.
 *
 * @throws BodyTooLarge, RequestTimeout, or an error of the network; none tells the request's headers
 */
export async function requestOnce(wish: HttpRequest): Promise<HttpAnswer> {
	const attempt = new Attempt(wish);
	try {
		return await attempt.answer();
	} catch (error) {
		// The server may close a connection that was kept in the moment in which it is used again.
		if (attempt.wasStale(error)) {
			return new Attempt(wish, false).answer();
		}
		throw error;
	}
}

class Attempt {
	readonly #wish: HttpRequest;
	readonly #mayReuse: boolean;
	#request: ClientRequest | undefined;

	constructor(wish: HttpRequest, mayReuse = true) {
		this.#wish = wish;
		this.#mayReuse = mayReuse;
	}

	async answer(): Promise<HttpAnswer> {
		let timer: NodeJS.Timeout | undefined;
		try {
			return await new Promise<HttpAnswer>((settle, fail) => {
				timer = setTimeout(
					() => fail(new RequestTimeout("no answer in time")),
					this.#wish.timeoutMs,
				);
				const request = this.#open();
				this.#request = request;
				request.on("error", fail);
				request.on("response", (response) => {
					this.#read(response).then(settle, fail);
				});
				request.end(this.#wish.body);
			});
		} catch (error) {
			this.#request?.destroy();
			throw error;
		} finally {
			clearTimeout(timer);
		}
	}

	/** Whether the connection was an old one, and gone. */
	wasStale(error: unknown): boolean {
		const { code } = error as NodeJS.ErrnoException;
		return this.#request?.reusedSocket === true && (code === "ECONNRESET" || code === "EPIPE");
	}

	#open(): ClientRequest {
		const { url, headers, body } = this.#wish;
		agents ??= { http: new HttpAgent(KEPT), https: new HttpsAgent(KEPT) };
		const isSecure = url.protocol === "https:";
		const options: RequestOptions = {
			method: body === undefined ? "GET" : "POST",
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
			if (bytes > this.#wish.maxBodyBytes) {
				throw new BodyTooLarge("the answer is too long");
			}
		}
		return { status, body: new TextDecoder().decode(Buffer.concat(chunks)) };
	}
}
