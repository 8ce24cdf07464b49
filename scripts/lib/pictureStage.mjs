// The chat in the pictures: people who write, answer, react, write alone and are moderated.

import { randomUUID } from "node:crypto";
import { once } from "node:events";
import { callReducer, createIdentity, identityOf, makeOwner, publish, sql } from "./databases.mjs";
import { buildOwnModule } from "./extension.mjs";

const DATABASE = "quickstart-chat";
/** `server/src/room.rs`, `verdict.rs`, `profile.rs`. */
const LOBBY = 1;
const TIME_OUT = 1;
const BUSY = 2;
/** The lobby's messages that are answered, liked and removed. */
const [QUESTION, RUDE] = [0, 4];

const MESSAGES = /** @type {const} */ ([
	["Ada", "The backlog opens in one page now. Can you try it on the big database?"],
	["Ada", "It used to take `6.5 s`."],
	[
		"Grace",
		"```ts\nconst page = pageOf(room, seq);\nif (this.#pages.has(page)) return;\nawait this.#load(page);\n```",
	],
	[
		"Grace",
		"Some **bold**, *italic*, ~~strike~~ and a [link](https://example.com).\n\n- one\n- two\n\n> quoted",
	],
	["Troll", "You are all wrong, as always"],
]);

/** Names of people in the pictures, with their identities in the database. */
export class PictureStage {
	/** @type {string} */
	#url;
	/** @type {Map<string, string>} name → token */
	#tokens = new Map();

	/** @param {string} url */
	constructor(url) {
		this.#url = url;
	}

	/** Publishes the module and fills the lobby with messages. */
	async set() {
		const owner = await createIdentity(this.#url);
		await publish(this.#url, DATABASE, owner.token, await buildOwnModule());
		for (const name of ["Ada", "Grace", "Troll"]) {
			const { token } = await createIdentity(this.#url);
			this.#tokens.set(name, token);
			await this.#call(name, "set_name", name);
		}
		for (const [name, text] of MESSAGES) {
			await this.#call(name, "send_message", text);
		}
		const ada = identityOf(this.#token("Ada")) ?? "";
		await makeOwner(this.#url, DATABASE, { identity: ada, token: owner.token });
		await this.#call(
			"Ada",
			"post_reply",
			LOBBY,
			randomUUID(),
			"Opened 200,000: no wait.",
			QUESTION,
		);
		await this.#call("Ada", "edit_post", LOBBY, 1, "It used to take `6.5 s`, and 400 MB.");
		await this.#call("Grace", "react", LOBBY, QUESTION, "🎉", true);
		await this.#call("Ada", "react", LOBBY, QUESTION, "🎉", true);
		await this.#call("Ada", "react", LOBBY, QUESTION, "👀", true);
		await this.#call("Ada", "remove_post", LOBBY, RUDE);
		await this.#call("Ada", "set_status", "Benchmarks", "⏱️", { none: [] });
		await this.#call("Grace", "set_availability", BUSY);
	}

	/** Keeps Ada and Grace online until the server stops. */
	async arrive() {
		// Imported late: the scripts that prepare a machine run before the dependencies are installed.
		const { WebSocket } = await import("ws");
		const url = new URL(`v1/database/${DATABASE}/subscribe?compression=None`, this.#url);
		url.protocol = "ws:";
		for (const name of ["Ada", "Grace"]) {
			const headers = { Authorization: `Bearer ${this.#token(name)}` };
			const socket = new WebSocket(url, "v1.json.spacetimedb", { headers });
			socket.on("error", () => undefined);
			await once(socket, "open");
		}
	}

	/** Gives a person rooms, unread messages, a mention and a direct message. @param {string} identity */
	async fillRoomsOf(identity) {
		const person = [`0x${identity}`];
		for (const [name, topic, isPrivate] of /** @type {const} */ ([
			["releases", "What goes out on Thursday", false],
			["incident-2024-05-17", "", false],
			["backstage", "Plans before they are announced", true],
		])) {
			await this.#call("Ada", "create_room", name, topic, isPrivate, randomUUID());
		}
		const backstage = await this.#room("private_room WHERE kind = 1", "room");
		const releases = await this.#room("room WHERE name = 'releases'", "id");
		await this.#call("Ada", "invite", backstage, person);
		await this.#call("Ada", "post_message", backstage, randomUUID(), "Only we know of this yet.");
		await this.#call("Ada", "open_direct", person);
		const direct = await this.#room("private_room WHERE kind = 2", "room");
		await this.#call("Ada", "post_message", direct, randomUUID(), "Shall we pair on the outbox?");
		await this.#call("Grace", "post_message", releases, randomUUID(), "0.2 is tagged.");
	}

	/** Mentions a person in the lobby. @param {string} name */
	async mention(name) {
		await this.#call("Grace", "send_message", `@${name} have a look when you are back`);
	}

	/** Sanctions a person. @param {string} identity */
	async timeOut(identity) {
		await this.#call("Ada", "time_out", [`0x${identity}`], 600, "Let the others finish");
	}

	/** @param {string} identity */
	async forgive(identity) {
		await this.#call("Ada", "lift", [`0x${identity}`], TIME_OUT, "");
	}

	/** @param {string} name */
	#token(name) {
		return this.#tokens.get(name) ?? "";
	}

	/** @param {string} name @param {string} reducer @param {unknown[]} args */
	async #call(name, reducer, ...args) {
		const answer = await callReducer(this.#url, DATABASE, this.#token(name), reducer, args);
		if (!answer.ok) {
			throw new Error(`${name} may not ${reducer}: ${answer.message}`);
		}
	}

	/** @param {string} from @param {string} column */
	async #room(from, column) {
		const [row] = await sql(
			this.#url,
			DATABASE,
			this.#token("Ada"),
			`SELECT ${column} FROM ${from}`,
		);
		return Number(row?.[0]);
	}
}
