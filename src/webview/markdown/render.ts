import { html, type TemplateResult } from "lit/html.js";
import type { Post } from "../model/host";
import { hostToShow, linkTarget } from "./links";
import { markMentions } from "./mentions";
import type { Node } from "./parse";

/** For whom a text is shown. */
export interface Reading {
	readonly post: Post;
	/** The reader's name, which is marked where a text speaks to it. */
	readonly ownName: string | undefined;
}

/** Templates for the pieces of a message. Text only ever becomes text. */
export function renderNodes(nodes: readonly Node[], reading: Reading): readonly unknown[] {
	return nodes.map((node) => renderNode(node, reading));
}

function renderNode(node: Node, reading: Reading): unknown {
	const { post } = reading;
	switch (node.kind) {
		case "text":
			return renderText(node.text, reading.ownName);
		case "break":
			return html`<br />`;
		case "code":
			return html`<code>${node.text}</code>`;
		case "fence":
			return html`<chat-code
				class="code-block"
				.code=${{ language: node.language, text: node.text, post }}
			></chat-code>`;
		case "link":
			return renderLink(node.href, node.children, reading);
		case "orderedList":
			return html`<ol start=${node.start}>
				${renderNodes(node.children, reading)}
			</ol>`;
		default:
			return renderBox(node.kind, renderNodes(node.children, reading));
	}
}

function renderText(text: string, ownName: string | undefined): unknown {
	return markMentions(text, ownName).map((piece) =>
		piece.isMention ? html`<mark class="markdown-mention">${piece.text}</mark>` : piece.text,
	);
}

type BoxKind = Extract<
	Exclude<Node, { kind: "link" | "orderedList" }>,
	{ children: unknown }
>["kind"];

function renderBox(kind: BoxKind, children: readonly unknown[]): unknown {
	switch (kind) {
		case "paragraph":
			return html`<p>${children}</p>`;
		case "quote":
			return html`<blockquote>${children}</blockquote>`;
		case "list":
			return html`<ul>
				${children}
			</ul>`;
		case "item":
			return html`<li>${children}</li>`;
		case "strong":
			return html`<strong>${children}</strong>`;
		case "em":
			return html`<em>${children}</em>`;
		case "strike":
			return html`<s>${children}</s>`;
		case "tight":
			return children;
	}
}

function renderLink(href: string, children: readonly Node[], reading: Reading): unknown {
	const target = linkTarget(href);
	if (target === undefined) {
		return renderNodes(children, reading);
	}
	const open = (event: Event): void => {
		// The host opens it after a check of its own; VS Code's own listener must not do it too.
		event.preventDefault();
		event.stopPropagation();
		reading.post({ type: "openLink", href: target.href });
	};
	const host = hostToShow(textOf(children), target);
	const link: TemplateResult = html`<a href=${target.href} title=${target.href} @click=${open}
		>${renderNodes(children, reading)}</a
	>`;
	return host === undefined ? link : html`${link} <span class="markdown-host">(${host})</span>`;
}

function textOf(nodes: readonly Node[]): string {
	return nodes
		.map((node) => ("text" in node ? node.text : "children" in node ? textOf(node.children) : " "))
		.join("");
}
