import { html, type TemplateResult } from "lit/html.js";
import type { Post } from "../host";
import { hostToShow, linkTarget } from "./links";
import type { Node } from "./parse";

/** Templates for the pieces of a message. Text only ever becomes text. */
export function renderNodes(nodes: readonly Node[], post: Post): readonly unknown[] {
	return nodes.map((node) => renderNode(node, post));
}

function renderNode(node: Node, post: Post): unknown {
	switch (node.kind) {
		case "text":
			return node.text;
		case "break":
			return html`<br />`;
		case "code":
			return html`<code>${node.text}</code>`;
		case "fence":
			return html`<chat-code
				class="block"
				.code=${{ language: node.language, text: node.text, post }}
			></chat-code>`;
		case "link":
			return renderLink(node.href, node.children, post);
		case "orderedList":
			return html`<ol start=${node.start}>
				${renderNodes(node.children, post)}
			</ol>`;
		default:
			return renderBox(node.kind, renderNodes(node.children, post));
	}
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

function renderLink(href: string, children: readonly Node[], post: Post): unknown {
	const target = linkTarget(href);
	if (target === undefined) {
		return renderNodes(children, post);
	}
	const open = (event: Event): void => {
		// The host opens it after a check of its own; VS Code's own listener must not do it too.
		event.preventDefault();
		event.stopPropagation();
		post({ type: "openLink", href: target.href });
	};
	const host = hostToShow(textOf(children), target);
	const link: TemplateResult = html`<a href=${target.href} title=${target.href} @click=${open}
		>${renderNodes(children, post)}</a
	>`;
	return host === undefined ? link : html`${link} <span class="target">(${host})</span>`;
}

function textOf(nodes: readonly Node[]): string {
	return nodes
		.map((node) => ("text" in node ? node.text : "children" in node ? textOf(node.children) : " "))
		.join("");
}
