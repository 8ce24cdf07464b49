import { beforeEach, expect, test } from "vitest";
import { chat, ME, message } from "./support/facts";
import { frame, openPage, textOf, type Page } from "./support/page";

let page: Page;

beforeEach(async () => {
	page = openPage();
	await page.tell({ type: "snapshot", chat: chat() });
	page.posted.length = 0;
});

function sent(): { clientId: string; text: string }[] {
	return page.posted.flatMap((request) =>
		request.type === "send" ? [{ clientId: request.clientId, text: request.text }] : [],
	);
}

/** The client id of the last posted name. */
function nameId(): string {
	const names = page.posted.flatMap((request) => (request.type === "setName" ? [request] : []));
	return names.at(-1)?.clientId ?? "";
}

function said(): string {
	return textOf(page.root.querySelector(".composer [role=alert], .composer [role=status]"));
}

test("the box is named Message", () => {
	expect(page.field.getAttribute("aria-label")).toBe("Message");
});

test("Enter sends, empties the box and shows the message at once", async () => {
	page.type("hello");
	page.press("Enter");
	await frame();
	const shown = page.root.querySelector('article[data-kind="message"]');
	expect([
		sent().map(({ text }) => text),
		page.field.value,
		shown?.getAttribute("data-state"),
	]).toEqual([["hello"], "", "pending"]);
});

test.each([
	["Shift+Enter", { shiftKey: true }],
	["Enter of an input method", { isComposing: true }],
	["Enter that the input method has taken", { keyCode: 229 }],
])("%s sends nothing", (_what, init) => {
	page.type("hello");
	const event = page.press("Enter", init);
	expect([sent(), event.defaultPrevented, page.field.value]).toEqual([[], false, "hello"]);
});

test("an empty text is not sent", () => {
	page.type("  \n ");
	page.press("Enter");
	expect(sent()).toEqual([]);
});

test("each keystroke stores the draft", () => {
	page.type("half a sen");
	expect(page.stored()).toMatchObject({ drafts: [{ text: "half a sen" }] });
});

test("the draft comes back when the view is opened again", () => {
	page.type("half a sen");
	expect(openPage(page.stored()).field.value).toBe("half a sen");
});

test("a refused message comes back into the box with the reason", async () => {
	page.type("bad\u0007");
	page.press("Enter");
	const clientId = sent()[0]?.clientId ?? "";
	await page.tell({
		type: "sendResult",
		clientId,
		outcome: { kind: "refused", sentence: "A message can't hold control characters." },
	});
	expect([page.field.value, said(), page.root.querySelectorAll("article").length]).toEqual([
		"bad\u0007",
		"A message can't hold control characters.",
		0,
	]);
});

test("a refused message comes before the text typed since", async () => {
	page.type("first");
	page.press("Enter");
	page.type("second");
	await page.tell({
		type: "sendResult",
		clientId: sent()[0]?.clientId ?? "",
		outcome: { kind: "refused", sentence: "no" },
	});
	expect(page.field.value).toBe("first\nsecond");
});

test("an unknown /word is explained, kept and not sent", () => {
	page.type("/nmae Ada");
	page.press("Enter");
	expect([sent(), page.field.value, said().startsWith("There is no /nmae.")]).toEqual([
		[],
		"/nmae Ada",
		true,
	]);
});

test("/help shows the help and sends nothing", () => {
	page.type("/help");
	page.press("Enter");
	expect([sent(), page.field.value, said().includes("/name")]).toEqual([[], "", true]);
});

test("// sends a literal slash", async () => {
	page.type("//etc");
	page.press("Enter");
	await frame();
	expect(textOf(page.root.querySelector("article .message-body"))).toBe("/etc");
});

test("a name stays in the box until the host accepts it", async () => {
	page.type("/name Ada");
	page.press("Enter");
	const before = page.field.value;
	await page.tell({
		type: "sendResult",
		clientId: nameId(),
		outcome: { kind: "accepted" },
	});
	expect([before, page.field.value]).toEqual(["/name Ada", ""]);
});

test("a refused name stays in the box with the reason", async () => {
	page.type("/name  ");
	page.press("Enter");
	await page.tell({
		type: "sendResult",
		clientId: nameId(),
		outcome: { kind: "refused", sentence: "Could not set the name “”: it is empty." },
	});
	expect([page.field.value, said()]).toEqual([
		"/name  ",
		"Could not set the name “”: it is empty.",
	]);
});

test("a text over the limit is explained and stays", () => {
	page.type("x".repeat(8001));
	page.press("Enter");
	expect([sent(), page.field.value.length, said()]).toEqual([
		[],
		8001,
		"This text has 8001 characters; 8000 are allowed.",
	]);
});

test("a pending message of a closed view is sent again under the same id", async () => {
	page.type("hello");
	page.press("Enter");
	const again = openPage(page.stored());
	await again.tell({ type: "snapshot", chat: chat() });
	const ids = again.posted.flatMap((request) =>
		request.type === "send" ? [request.clientId] : [],
	);
	expect(ids).toEqual(sent().map(({ clientId }) => clientId));
});

test("a message that the host holds already is not sent again", async () => {
	page.type("hello");
	page.press("Enter");
	const key = sent()[0]?.clientId ?? "";
	const again = openPage(page.stored());
	await again.tell({
		type: "snapshot",
		chat: chat({ entries: [message(key, { sender: ME, order: 1, text: "hello" })] }),
	});
	expect([
		again.posted.filter(({ type }) => type === "send"),
		again.root.querySelectorAll("article").length,
	]).toEqual([[], 1]);
});
