import type { Address } from "../../platform/address";
import { BodyTooLarge, isSuccess, RequestTimeout, requestOnce } from "../../platform/httpRequest";
import type { DatabaseSchema } from "./schema";
import { networkDetail } from "./networkDetail";
import { readSchema } from "./schema";

const TIMEOUT_MS = 15_000;
/** Bytes; a chat's schema has a few thousand. */
const MAX_BODY_BYTES = 8 * 1024 * 1024;

export type SchemaAnswer =
	| { readonly kind: "schema"; readonly schema: DatabaseSchema }
	| { readonly kind: "unreachable"; readonly detail: string }
	/** An answer with a status that is no success. */
	| { readonly kind: "status"; readonly status: number }
	/** Something answered, but it is no SpacetimeDB of a version we know. */
	| { readonly kind: "unreadable" };

/**
 * Asks for a database's schema, which needs no token (server 1.3.0 and 2.8.3). The answer's headers
 * carry a fresh token: they are never looked at. Never throws.
 */
export async function fetchSchema(address: Address): Promise<SchemaAnswer> {
	const url = new URL(`v1/database/${encodeURIComponent(address.database)}/schema`, address.url);
	url.searchParams.set("version", "9");
	try {
		const answer = await requestOnce({
			url,
			timeoutMs: TIMEOUT_MS,
			maxBodyBytes: MAX_BODY_BYTES,
			headers: { accept: "application/json" },
		});
		if (!isSuccess(answer.status)) {
			return { kind: "status", status: answer.status };
		}
		const schema = readSchema(parseJson(answer.body));
		return schema === undefined ? { kind: "unreadable" } : { kind: "schema", schema };
	} catch (error) {
		return error instanceof BodyTooLarge
			? { kind: "unreadable" }
			: { kind: "unreachable", detail: describe(error) };
	}
}

function parseJson(text: string): unknown {
	try {
		return JSON.parse(text) as unknown;
	} catch {
		return undefined;
	}
}

function describe(error: unknown): string {
	if (error instanceof RequestTimeout) {
		return `no answer within ${TIMEOUT_MS / 1000} s`;
	}
	return error instanceof Error ? networkDetail(error) : "";
}
