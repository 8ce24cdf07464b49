import { randomUUID } from "node:crypto";
import { utimesSync } from "node:fs";
import { mkdir, open, readdir, readFile, rename, stat, unlink, utimes } from "node:fs/promises";
import { join } from "node:path";
import { EventEmitter, l10n } from "vscode";
import type { Event } from "vscode";
import { DisposableStore } from "../../platform/disposable";
import type { Log } from "../../platform/log";
import { isFileOfProcessThatEnded, readJournal, writeJournal } from "./journalFile";
import type { Outbox, OutboxEntry } from "./outbox";

/** A window that has not shown a sign of life for so long has crashed, or sleeps. */
const LEASE_MS = 30_000;
const RENEW_EVERY_MS = 10_000;
const MAX_ENTRIES = 4_000;
const MAX_LENGTH = 16 * 1024 * 1024;
const OURS = /^(?:outbox|adopting)-.*\.json$/;
const DRAFT = /^outbox-.*\.json\.draft$/;

export interface JournalSources {
	/** A folder of our own; made if it is not there. */
	readonly folder: string;
	readonly log: Log;
	readonly leaseMs?: number;
}

/**
 * What survives a crash: the lines on their way, by place, in a file of this window. The file's time is
 * the window's sign of life; the lines of a window without one are adopted by the next that looks.
 */
export class Journal extends DisposableStore {
	readonly #onDidAdopt = this.register(new EventEmitter<string>());
	/** A place for which `resume` has more lines now. */
	readonly onDidAdopt: Event<string> = this.#onDidAdopt.event;
	readonly #onDidLose = this.register(new EventEmitter<void>());
	/** This window slept so long that another has taken its lines: they are not its own any more. */
	readonly onDidLose: Event<void> = this.#onDidLose.event;

	readonly #folder: string;
	readonly #log: Log;
	readonly #leaseMs: number;
	#file: string;
	#isOnDisk = false;
	readonly #outboxes = new Map<string, Outbox>();
	readonly #adopted = new Map<string, OutboxEntry[]>();
	#writing: Promise<void> = Promise.resolve();
	#nextWrite: Promise<void> | undefined;
	#renewTimer: NodeJS.Timeout | undefined;
	#scanTimer: NodeJS.Timeout | undefined;

	constructor({ folder, log, leaseMs = LEASE_MS }: JournalSources) {
		super();
		this.#folder = folder;
		this.#log = log;
		this.#leaseMs = leaseMs;
		this.#file = this.#newFile();
		this.register({ dispose: () => this.#release() });
		void this.#scan();
	}

	/** Why there is no room for these lines, as a sentence; `undefined` while there is. */
	spaceProblem(outboxKey: string, outbox: Outbox): string | undefined {
		let count = 0;
		let length = 0;
		for (const [other, entries] of [...this.#outboxes, [outboxKey, outbox] as const]) {
			if (other !== outboxKey || entries === outbox) {
				count += entries.length;
				length += entries.reduce((sum, { text }) => sum + text.length, 0);
			}
		}
		return count > MAX_ENTRIES || length > MAX_LENGTH
			? l10n.t(
					"Too many messages wait for the connection. This one stays here until some are sent.",
				)
			: undefined;
	}

	/** The lines of a place: those saved before, and those adopted since. Adopted ones come once. */
	resume(outboxKey: string): readonly OutboxEntry[] {
		const adopted = this.#adopted.get(outboxKey) ?? [];
		this.#adopted.delete(outboxKey);
		return [...adopted, ...(this.#outboxes.get(outboxKey) ?? [])];
	}

	/** Settles when these lines of a place, instead of all earlier ones, are on the disk. */
	async save(outboxKey: string, outbox: Outbox): Promise<void> {
		if (outbox.length === 0) {
			this.#outboxes.delete(outboxKey);
		} else {
			this.#outboxes.set(outboxKey, outbox);
		}
		// Whoever comes while a write runs waits for the next, which takes everybody's lines.
		this.#nextWrite ??= this.#writing
			.catch(() => undefined)
			.then(() => {
				this.#nextWrite = undefined;
				this.#writing = this.#write();
				return this.#writing;
			});
		return this.#nextWrite;
	}

	async #write(): Promise<void> {
		if (this.#isOnDisk && !(await exists(this.#file))) {
			this.#lose();
			throw new Error("Another window has taken the journal over");
		}
		const content = new Map<string, Outbox>(this.#outboxes);
		for (const [outboxKey, entries] of this.#adopted) {
			content.set(outboxKey, [...entries, ...(content.get(outboxKey) ?? [])]);
		}
		if (content.size === 0) {
			clearTimeout(this.#renewTimer);
			if (this.#isOnDisk) {
				this.#isOnDisk = false;
				await unlink(this.#file);
			}
			return;
		}
		await mkdir(this.#folder, { recursive: true });
		const draft = `${this.#file}.draft`;
		const handle = await open(draft, "w", 0o600);
		try {
			await handle.writeFile(writeJournal(content));
			await handle.sync();
		} finally {
			await handle.close();
		}
		await rename(draft, this.#file);
		this.#isOnDisk = true;
		this.#renewLater();
	}

	#renewLater(): void {
		clearTimeout(this.#renewTimer);
		if (!this.isDisposed) {
			this.#renewTimer = setTimeout(() => void this.#renew(), RENEW_EVERY_MS);
		}
	}

	async #renew(): Promise<void> {
		try {
			await utimes(this.#file, new Date(), new Date());
			this.#renewLater();
		} catch {
			if (this.#isOnDisk) {
				this.#lose();
			}
		}
	}

	#lose(): void {
		this.#log.warn("Another window has taken over what waited to be sent here");
		clearTimeout(this.#renewTimer);
		this.#outboxes.clear();
		this.#isOnDisk = false;
		this.#file = this.#newFile();
		this.#onDidLose.fire();
	}

	/** Looks for lines of windows that are gone, and again when those of others may be. */
	async #scan(): Promise<void> {
		let names: string[];
		try {
			names = await readdir(this.#folder);
		} catch {
			return;
		}
		let isAnyAlive = false;
		for (const name of names.filter((one) => OURS.test(one) || DRAFT.test(one))) {
			const path = join(this.#folder, name);
			if (path === this.#file) {
				continue;
			}
			try {
				const { mtimeMs } = await stat(path);
				if (Date.now() - mtimeMs > this.#leaseMs || isFileOfProcessThatEnded(name)) {
					// Nobody was told that what is in a draft is safe, and the file beside it has the rest.
					await (DRAFT.test(name) ? unlink(path) : this.#adopt(path));
				} else {
					isAnyAlive = true;
				}
			} catch {
				// Another window was faster.
			}
		}
		if (isAnyAlive && !this.isDisposed) {
			this.#scanTimer = setTimeout(() => void this.#scan(), this.#leaseMs);
		}
	}

	/** Of several windows only one can rename the file. */
	async #adopt(path: string): Promise<void> {
		const taken = join(this.#folder, `adopting-${process.pid}-${randomUUID()}.json`);
		await rename(path, taken);
		await utimes(taken, new Date(), new Date());
		const content = readJournal(await readFile(taken, "utf8"));
		if (content === undefined) {
			this.#log.warn("A journal of unsent messages can't be read; it is set aside");
			await rename(taken, `${taken}.unreadable`);
			return;
		}
		for (const [outboxKey, entries] of content) {
			this.#adopted.set(outboxKey, [...(this.#adopted.get(outboxKey) ?? []), ...entries]);
		}
		for (const outboxKey of content.keys()) {
			this.#onDidAdopt.fire(outboxKey);
		}
		await this.save("", []);
		await unlink(taken);
	}

	/** The next window need not wait for the lease to end. */
	#release(): void {
		clearTimeout(this.#renewTimer);
		clearTimeout(this.#scanTimer);
		if (this.#isOnDisk) {
			try {
				utimesSync(this.#file, 0, 0);
			} catch {
				// Taken over already.
			}
		}
	}

	#newFile(): string {
		return join(this.#folder, `outbox-${process.pid}-${randomUUID()}.json`);
	}
}

async function exists(path: string): Promise<boolean> {
	try {
		await stat(path);
		return true;
	} catch {
		return false;
	}
}
