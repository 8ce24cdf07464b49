import fc from "fast-check";
import { expect, test } from "vitest";
import { readAddress } from "../../src/extension/platform/address";

const DATABASE = "quickstart-chat";

test.each([
	["http://localhost:3000", "http://localhost:3000/"],
	["http://localhost:3000/", "http://localhost:3000/"],
	["localhost:3000", "http://localhost:3000/"],
	["  http://localhost:3000  ", "http://localhost:3000/"],
	["ws://localhost:3000", "http://localhost:3000/"],
	["wss://chat.example.com", "https://chat.example.com/"],
	["https://chat.example.com/behind/proxy//", "https://chat.example.com/behind/proxy/"],
	["http://[::1]:3000", "http://[::1]:3000/"],
	["HTTP://LOCALHOST:3000", "http://localhost:3000/"],
])("the server %s is %s", (server, url) => {
	const address = readAddress(server, DATABASE);
	expect(typeof address === "string" ? address : address.url.href).toBe(url);
});

test.each([
	["", "serverEmpty"],
	["   ", "serverEmpty"],
	[undefined, "serverEmpty"],
	[3000, "serverEmpty"],
	["ftp://localhost", "serverScheme"],
	["file:///etc/passwd", "serverScheme"],
	["http://localhost:99999", "serverUnreadable"],
	["http://", "serverUnreadable"],
	["http://a b", "serverUnreadable"],
	["http://user:secret@localhost:3000", "serverCredentials"],
	["http://localhost:3000?token=x", "serverQuery"],
	["http://localhost:3000#x", "serverQuery"],
])("the server %j is a problem: %s", (server, problem) => {
	expect(readAddress(server, DATABASE)).toBe(problem);
});

test.each([
	["", "databaseEmpty"],
	[" ", "databaseEmpty"],
	[null, "databaseEmpty"],
	["a/b", "databaseCharacters"],
	["..", "databaseCharacters"],
	["a..b", "databaseCharacters"],
	["my chat", "databaseCharacters"],
	["a?b", "databaseCharacters"],
	["a%2fb", "databaseCharacters"],
	["x".repeat(256), "databaseTooLong"],
])("the database %j is a problem: %s", (database, problem) => {
	expect(readAddress("localhost:3000", database)).toBe(problem);
});

test.each([
	["http://localhost:3000", false],
	["http://127.0.0.1:3000", false],
	["http://[::1]:3000", false],
	["https://chat.example.com", false],
	["http://chat.example.com", true],
	["http://192.168.1.5:3000", true],
	["http://localhost.example.com", true],
	["http://127.0.0.1.example.com", true],
])("%s would send the token unencrypted: %s", (server, isInsecure) => {
	expect(readAddress(server, DATABASE)).toMatchObject({ isInsecure });
});

test("no input makes the reader throw, and no address leaves its path", () => {
	fc.assert(
		fc.property(fc.anything(), fc.oneof(fc.string(), fc.anything()), (server, database) => {
			const address = readAddress(server, database);
			return typeof address === "string" || !/[/?#%\s]/.test(address.database);
		}),
	);
});
