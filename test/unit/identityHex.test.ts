import { Identity } from "@clockworklabs/spacetimedb-sdk";
import { expect, test } from "vitest";
import { hexOf } from "../../src/extension/database/sdk/identityHex";

test("identities have the SDK's hex, the first time and later, for any number of them", () => {
	const all = Array.from({ length: 5_000 }, (_, index) => new Identity(BigInt(index) << 128n));
	const twice = [...all, ...all.slice(-10), ...all.slice(0, 10)];
	expect(twice.map(hexOf)).toEqual(twice.map((identity) => identity.toHexString()));
});
