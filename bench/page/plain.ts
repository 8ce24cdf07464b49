import { html, render } from "lit/html.js";
import type { DbConnection, Post, User } from "../../test/support/plainClient";
import { plainBuilder } from "../../test/support/plainClient";

/*
 * (c): a chat as the React quickstart makes it, with the same elements for a message as the panel has. It
 * subscribes to everything and draws every message, whenever something changed. It is spared what a
 * framework costs, and draws once a frame at most.
 */

const QUERIES = ["SELECT * FROM user", "SELECT * FROM post"];
const MICROS_PER_MS = 1_000n;

/** Where the chat is, behind the page's #. */
interface Place {
	readonly url: string;
	readonly database: string;
}

const app = document.getElementById("app") ?? document.body;
const posts: Post[] = [];
const names = new Map<string, string>();
let connection: DbConnection | undefined;
let me = "";
let frame: number | undefined;

function draw(): void {
	frame = undefined;
	render(
		html`<div class="log" role="log" tabindex="0">
				<div class="log-rows">${posts.map(message)}</div>
			</div>
			<input aria-label="Message" @keydown=${typed} />
			<button @click=${connect}>Connect</button>`,
		app,
	);
	const log = app.querySelector(".log");
	log?.scrollTo({ top: log.scrollHeight });
}

function message(post: Post): unknown {
	const sender = post.sender.toHexString();
	const name = names.get(sender) ?? sender.slice(0, 8);
	const sent = new Date(Number(post.sent.microsSinceUnixEpoch / MICROS_PER_MS));
	const time = sent.toISOString();
	return html`<article
		class="message ${sender === me ? "own" : ""} sent"
		data-kind="message"
		data-key=${`p${post.id}`}
		aria-label=${`${name}, ${time}`}
	>
		<span class="avatar" aria-hidden="true">${name[0]}</span>
		<div class="message-head">
			<bdi class="message-author" title=${name}>${name}</bdi>
			<time datetime=${time} title=${time}>${time.slice(11, 16)}</time>
		</div>
		<div class="message-body markdown" dir="auto"><p>${post.text}</p></div>
	</article>`;
}

function typed(event: KeyboardEvent): void {
	const input = event.currentTarget as HTMLInputElement;
	if (event.key === "Enter") {
		connection?.reducers.sendMessage({ text: input.value });
		input.value = "";
	}
}

function changed(): void {
	frame ??= requestAnimationFrame(draw);
}

function named({ identity, name }: User): void {
	names.set(identity.toHexString(), name ?? identity.toHexString().slice(0, 8));
	changed();
}

function connect(): void {
	const { url, database } = JSON.parse(decodeURIComponent(location.hash.slice(1))) as Place;
	plainBuilder()
		.withUri(url)
		.withModuleName(database)
		.onConnect((live, identity) => {
			connection = live;
			me = identity.toHexString();
			live.db.user.onInsert((_context, row) => named(row));
			live.db.user.onUpdate((_context, _before, row) => named(row));
			live.db.post.onInsert((_context, row) => {
				posts.push(row);
				changed();
			});
			live
				.subscriptionBuilder()
				.onApplied(() => {
					posts.sort((a, b) => Number(a.sent.microsSinceUnixEpoch - b.sent.microsSinceUnixEpoch));
					changed();
				})
				.subscribe(QUERIES);
		})
		.build();
}

draw();
