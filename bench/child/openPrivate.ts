import { range } from "../../src/extension/database/sdk/openingPages";
import type { Member } from "../lib/privateRoom";
import { cpuSeconds } from "../lib/processUse";
import { keptWindow } from "./keptWindow";
import type { Place } from "./openOurs";

/** Pages that are looked at, all over the room. */
const PAGES = 20;

export interface OpenedPrivate {
	/** From the wish to enter the room to its newest messages. */
	readonly enterMs: number;
	/** For each of some pages, from asking for it to holding it. */
	readonly pageMs: readonly number[];
	/** CPU of the server for one of them, in milliseconds; `NaN` where Linux does not count it. */
	readonly pageCpuMs: number;
	/** The same for reading it once, over HTTP. */
	readonly readMs: readonly number[];
	readonly messages: number;
}

/** The host's whole side, as a member of a private room, with nothing of it loaded before. */
export async function openPrivate({
	url,
	database,
	member,
	pid,
}: Place & { readonly member: Member; readonly pid: number }): Promise<OpenedPrivate> {
	await import("../../src/extension/database/serverSession");
	const window = await keptWindow({ url, database }, member.token);
	const { session } = window;
	session.connection.connect();
	await window.becomes("online");
	let began = performance.now();
	await session.enterRoom(member.room);
	const enterMs = performance.now() - began;
	const { length } = window.messages;
	const pages = session.backend?.pages;
	if (pages === undefined || length === 0) {
		throw new Error("The private room could not be entered.");
	}
	const oldest = session.openRoom.pages.range.pages[0] ?? 0;
	const wanted = range(0, Math.min(PAGES, oldest) - 1).map((index) =>
		Math.floor((oldest * index) / PAGES),
	);
	const counts = new Map<number, number>();
	const before = cpuSeconds(pid);
	const pageMs: number[] = [];
	for (const page of wanted) {
		began = performance.now();
		await pages.load(page);
		const { length: count } = pages.rowsOf([page]);
		pageMs.push(performance.now() - began);
		counts.set(page, count);
	}
	const pageCpuMs = (((cpuSeconds(pid) ?? NaN) - (before ?? NaN)) * 1_000) / wanted.length;
	const readMs: number[] = [];
	for (const page of wanted) {
		began = performance.now();
		const { length: count } = await pages.read(page);
		readMs.push(performance.now() - began);
		if (count === 0 || counts.get(page) !== count) {
			throw new Error(`Page ${page} has ${String(counts.get(page))} messages, or ${count}.`);
		}
	}
	return { enterMs, pageMs, pageCpuMs, readMs, messages: length };
}
