import { once } from "node:events";
import { createServer } from "node:http";
import type { IncomingMessage, RequestListener, ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { afterEach, expect, test } from "vitest";
import type { HttpRequest } from "../../src/extension/platform/httpRequest";
import {
	BodyTooLarge,
	RequestTimeout,
	requestOnce,
} from "../../src/extension/platform/httpRequest";
import { fetchSchema } from "../../src/extension/database/wire/fetchSchema";
import { querySql } from "../../src/extension/database/wire/sqlQuery";

const CANARY = "canary-token";
const stops: (() => Promise<unknown>)[] = [];

afterEach(async () => {
	await Promise.all(stops.splice(0).map(async (stop) => stop()));
});

async function serving(listener: RequestListener, host = "127.0.0.1") {
	const server = createServer(listener);
	let connections = 0;
	server.on("connection", () => connections++);
	server.listen(0, host);
	await once(server, "listening");
	stops.push(async () => {
		server.closeAllConnections();
		return new Promise((closed) => server.close(closed));
	});
	const { port } = server.address() as AddressInfo;
	const url = `http://${host.includes(":") ? `[${host}]` : host}:${port}/`;
	return { url, server, connections: () => connections };
}

function asking(url: string, more: Partial<HttpRequest> = {}) {
	return requestOnce({
		url: new URL(url),
		timeoutMs: 5_000,
		maxBodyBytes: 1_000,
		headers: { authorization: `Bearer ${CANARY}` },
		...more,
	});
}

const address = (url: string) =>
	({ url, database: "chat", key: "chat", isInsecure: false }) as never;

/** Returns the messages of an error and its causes. */
function told(error: unknown): string {
	return error instanceof Error ? `${error.stack ?? ""} ${told(error.cause)}` : String(error);
}

test("an answer is read completely, in its own encoding", async () => {
	const { url } = await serving((_request, response) => {
		response.write(Buffer.from("grüß").subarray(0, 3));
		setTimeout(() => response.end(Buffer.from("grüß").subarray(3)), 5);
	});
	expect(await asking(url)).toEqual({ status: 200, body: "grüß" });
});

test("a body is posted with its length and its headers", async () => {
	const { url } = await serving((request, response) => {
		const { method, headers } = request;
		request.on("data", (chunk: Buffer) => {
			response.end([method, headers["content-length"], headers.authorization, chunk].join(" "));
		});
	});
	expect((await asking(url, { body: "grüß" })).body).toBe(`POST 6 Bearer ${CANARY} grüß`);
});

test("a request with a method sends bytes, and is not repeated when an idle connection is closed", async () => {
	const { url, connections } = await serving((request, response) => {
		const { method, headers } = request;
		if (method === "PUT") {
			request.on("data", (chunk: Buffer) => {
				response.end([method, headers["content-length"], ...chunk].join(" "));
			});
		} else {
			response.end("x");
		}
	});
	await asking(url);
	const put = await asking(url, { method: "PUT", body: new Uint8Array([0, 200]) });
	expect([put.body, connections()]).toEqual(["PUT 2 0 200", 2]);
});

test("a POST without a body has the length 0", async () => {
	const { url } = await serving((request, response) => {
		response.end([request.method, request.headers["content-length"]].join(" "));
	});
	expect((await asking(url, { method: "POST" })).body).toBe("POST 0");
});

test("requests one after the other use one connection", async () => {
	const { url, connections } = await serving((_request, response) => response.end("x"));
	for (let index = 0; index < 5; index++) {
		await asking(url);
	}
	expect(connections()).toBe(1);
});

test("a connection closed at its reuse is replaced", async () => {
	const { url, connections } = await serving((request, response) => {
		if (request.url === "/2" && request.socket.bytesWritten > 0) {
			request.socket.destroy();
		} else {
			response.end("x");
		}
	});
	await asking(`${url}1`);
	expect([(await asking(`${url}2`)).body, connections()]).toEqual(["x", 2]);
});

test("a server at an IPv6 address gets the request", async () => {
	const { url } = await serving((_request, response) => response.end("six"), "::1");
	expect((await asking(url)).body).toBe("six");
});

test.each<[string, RequestListener, unknown]>([
	["a redirect", (_, response) => redirect(response), "unexpected redirect"],
	["too long an answer", (_, response) => response.end("x".repeat(1_001)), BodyTooLarge],
	["an endless answer", (_, response) => endless(response), BodyTooLarge],
	["no answer", () => undefined, RequestTimeout],
	["half an answer", (_, response) => response.write("x"), RequestTimeout],
	["an answer that is cut", (request, response) => cut(request, response), "aborted"],
	["a connection that is cut", (request) => request.socket.destroy(), "socket hang up"],
])("%s is an error without the token", async (_name, listener, expected) => {
	const { url } = await serving(listener);
	const error: unknown = await asking(url, { timeoutMs: 200 }).catch((reason: unknown) => reason);
	const isAsExpected =
		typeof expected === "string"
			? (error as Error).message === expected
			: error instanceof (expected as typeof BodyTooLarge);
	expect([isAsExpected, told(error).includes(CANARY)]).toEqual([true, false]);
});

test.each([204, 401, 404, 500, 530])("the status %d is an answer", async (status) => {
	const { url } = await serving((_request, response) => {
		response.statusCode = status;
		response.end();
	});
	expect((await asking(url)).status).toBe(status);
});

test.each<[string, RequestListener, unknown]>([
	[
		"a refusal",
		(_, response) => response.writeHead(403).end("no"),
		{ kind: "status", status: 403 },
	],
	["no JSON", (_, response) => response.end("<html>"), { kind: "unreadable" }],
	["far too much", (_, response) => endless(response), { kind: "unreadable" }],
	[
		"a redirect",
		(_, response) => redirect(response),
		{ kind: "unreachable", detail: "unexpected redirect" },
	],
	[
		"a cut",
		(request) => request.socket.resetAndDestroy(),
		{ kind: "unreachable", detail: "The connection was reset." },
	],
])("%s instead of a schema has an error of its own", async (_name, listener, expected) => {
	const { url } = await serving(listener);
	expect(await fetchSchema(address(url))).toEqual(expected);
});

test("a server that does not answer makes a readable error", async () => {
	expect(await fetchSchema(address("http://127.0.0.1:9/"))).toEqual({
		kind: "unreachable",
		detail: "Nothing listens on this port.",
	});
});

test("a query returns its rows, and a refusal its status alone", async () => {
	const { url } = await serving((request, response) => {
		const isFine = request.headers.authorization === "Bearer fine";
		response.writeHead(isFine ? 200 : 401).end(JSON.stringify([{ rows: [[1, "a"]] }]));
	});
	const refusal = await querySql(address(url), CANARY, "SELECT").catch(told);
	expect([
		await querySql(address(url), "fine", "SELECT"),
		/status 401/.test(String(refusal)) && !String(refusal).includes(CANARY),
	]).toEqual([[[1, "a"]], true]);
});

function redirect(response: ServerResponse): void {
	response.writeHead(302, { location: "/elsewhere" }).end();
}

function endless(response: ServerResponse): void {
	const more = () => {
		while (!response.destroyed && response.write(Buffer.alloc(64 * 1024)));
	};
	response.on("drain", more);
	more();
}

function cut(request: IncomingMessage, response: ServerResponse): void {
	response.write("x");
	setTimeout(() => request.socket.destroy(), 20);
}
