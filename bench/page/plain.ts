import { html, render } from "lit/html.js";
import type { DbConnection, Message, Post } from "../../test/support/plainClient";
import type { Target } from "../child/answer";
import { Everything } from "../lib/plainClient";

/*
 * (c): a chat as the React quickstart makes it, with the panel's elements for a message. It draws
 * every message at each change, without a framework's cost and once a frame at most.
 */

const MICROS_PER_MS = 1_000n;

const app = document.getElementById("app") ?? document.body;
const everything = new Everything();
let connection: DbConnection | undefined;
let frame: number | undefined;

function draw(): void {
	frame = undefined;
	const me = connection?.identity?.toHexString();
	render(
		html`<div class="log" role="log" tabindex="0">
				<div class="log-rows">${everything.messages.map((post) => message(post, me))}</div>
			</div>
			<input aria-label="Message" @keydown=${typed} />
			<button @click=${connect}>Connect</button>`,
		app,
	);
	const log = app.querySelector(".log");
	log?.scrollTo({ top: log.scrollHeight });
}

function message(post: Message | Post, me: string | undefined): unknown {
	const sender = post.sender.toHexString();
	const name = everything.users.get(sender)?.name ?? sender.slice(0, 8);
	const sent = new Date(Number(post.sent.microsSinceUnixEpoch / MICROS_PER_MS));
	const time = sent.toISOString();
	return html`<article
		class="message ${sender === me ? "own" : ""} sent"
		data-kind="message"
		data-key=${`p${"id" in post ? post.id : 0}`}
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

async function connect(): Promise<void> {
	// The address of the chat stands behind the page's #.
	const target = JSON.parse(decodeURIComponent(location.hash.slice(1))) as Target;
	connection = await everything.connect(target, "rooms", () => {
		frame ??= requestAnimationFrame(draw);
	});
}

draw();
