import type { MessageRow, Pages } from "./backend";

export type ExportFormat = "markdown" | "json";

/** The origin of an export, as the file states it. */
export interface ExportHead {
	readonly room: string;
	readonly server: string;
	readonly exportedAt: Date;
	/** The name that a sender goes by. */
	readonly nameOf: (sender: string) => string;
}

/** Pages that are asked for while an earlier one is written. */
const READ_AHEAD = 4;

/** Every message of a room, oldest first, a page at a time: the memory it takes does not grow. */
export async function* readAll(pages: Pages): AsyncGenerator<{
	readonly rows: readonly MessageRow[];
	readonly done: number;
}> {
	const all = await allPages(pages);
	const reading: Promise<readonly MessageRow[]>[] = [];
	for (let index = 0; index < all.length; index++) {
		for (let ahead = index + reading.length; ahead < all.length; ahead++) {
			const page = all[ahead];
			if (reading.length >= READ_AHEAD || page === undefined) {
				break;
			}
			const rows = pages.read(page);
			// A caller that stops in the middle does not wait for the pages under way.
			rows.catch(() => undefined);
			reading.push(rows);
		}
		const rows = await reading.shift();
		yield {
			rows: [...(rows ?? [])].sort((a, b) => a.order - b.order),
			done: (index + 1) / all.length,
		};
	}
}

async function allPages(pages: Pages): Promise<number[]> {
	const all = [pages.head];
	for (;;) {
		const older = await pages.olderThan(all.at(-1) ?? pages.head);
		if (older === undefined) {
			return all.reverse();
		}
		all.push(older);
	}
}

/** Turns messages into the text of a file, piece by piece. */
export class ExportWriter {
	readonly #format: ExportFormat;
	readonly #head: ExportHead;
	#day = "";
	#isFirst = true;

	constructor(format: ExportFormat, head: ExportHead) {
		this.#format = format;
		this.#head = head;
	}

	begin(): string {
		const { room, server, exportedAt } = this.#head;
		const at = exportedAt.toISOString();
		return this.#format === "json"
			? `{"room":${JSON.stringify(room)},"server":${JSON.stringify(server)},"exportedAt":"${at}","messages":[`
			: `# ${room} on ${server}\n\nExported ${at}. Times are UTC.\n`;
	}

	add(rows: readonly MessageRow[]): string {
		return rows
			.map((row) => (this.#format === "json" ? this.#json(row) : this.#markdown(row)))
			.join("");
	}

	end(): string {
		return this.#format === "json" ? "\n]}\n" : "";
	}

	#json({ key, sender, sentMicros, text }: MessageRow): string {
		const comma = this.#isFirst ? "" : ",";
		this.#isFirst = false;
		const name = this.#head.nameOf(sender);
		return `${comma}\n${JSON.stringify({ key, sender, name, sent: iso(sentMicros), text })}`;
	}

	#markdown({ sender, sentMicros, text }: MessageRow): string {
		const sent = iso(sentMicros);
		const day = sent.slice(0, sent.indexOf("T"));
		const heading = day === this.#day ? "" : `\n## ${day}\n`;
		this.#day = day;
		const time = sent.slice(sent.indexOf("T") + 1).slice(0, 5);
		return `${heading}\n**${escape(this.#head.nameOf(sender))}** ${time}\n\n${text}\n`;
	}
}

/** A time that any row may carry; outside of what a `Date` holds, its number of seconds. */
function iso(micros: number): string {
	const date = new Date(Math.floor(micros / 1_000));
	return Number.isNaN(date.getTime()) ? `${micros / 1_000_000}T` : date.toISOString();
}

function escape(name: string): string {
	return name.replace(/[\\`*_{}[\]<>()#+\-.!|]/gu, "\\$&");
}
