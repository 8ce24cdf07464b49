import { html, type TemplateResult } from "lit/html.js";
import type { Post } from "../model/host";
import { hostToShow, linkTarget } from "./links";
import { markMentions } from "./mentions";
import type { Node } from "./parse";

/** The reader of a text. */
export interface ReaderContext {
	readonly post: Post;
	/** The reader's name, whose mentions are marked. */
	readonly ownName: string | undefined;
}

/** Renders the nodes of a message. Text only ever becomes text. */
export function renderNodes(nodes: readonly Node[], reader: ReaderContext): readonly unknown[] {
	return nodes.map((node) => renderNode(node, reader));
}

function renderNode(node: Node, reader: ReaderContext): unknown {
	const { post } = reader;
	switch (node.kind) {
		case "text":
			return renderText(node.text, reader.ownName);
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
			return renderLink(node.href, node.children, reader);
		case "orderedList":
			return html`<ol start=${node.start}>
				${renderNodes(node.children, reader)}
			</ol>`;
		default:
			return renderBox(node.kind, renderNodes(node.children, reader));
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

function renderLink(href: string, children: readonly Node[], reader: ReaderContext): unknown {
	const target = linkTarget(href);
	if (target === undefined) {
		return renderNodes(children, reader);
	}
	const open = (event: Event): void => {
		// The host opens the link after its own check; VS Code's listener must not open it too.
		event.preventDefault();
		event.stopPropagation();
		reader.post({ type: "openLink", href: target.href });
	};
	const host = hostToShow(textOf(children), target);
	const link: TemplateResult = html`<a href=${target.href} title=${target.href} @click=${open}
		>${renderNodes(children, reader)}</a
	>`;
	return host === undefined ? link : html`${link} <span class="markdown-host">(${host})</span>`;
}

function textOf(nodes: readonly Node[]): string {
	return nodes
		.map((node) => ("text" in node ? node.text : "children" in node ? textOf(node.children) : " "))
		.join("");
}
