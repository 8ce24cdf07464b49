import type { ChildProcess } from "node:child_process";
import { fork } from "node:child_process";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";
import { afterAll, beforeAll, expect, test } from "vitest";
import { removeTemporaryFolder, temporaryFolder } from "../../scripts/lib/processes.mjs";
import { startServer } from "../../scripts/lib/spacetimedb.mjs";
import type { Server } from "../support/chatServer";
import { UNHARMED } from "../support/found";
import { Meeting, ROOM_KINDS } from "../support/meeting";
import { isSoak } from "../support/size";

const KILLS = isSoak ? 20 : 5;
/** More lines than the rate limit allows at once, so that many wait when the window dies. */
const LINES_A_LIFE = 60;
const WAITING_AT_LEAST = 10;
const LIMIT_MS = isSoak ? 900_000 : 180_000;
const ROOT = fileURLToPath(new URL("../..", import.meta.url));
const SENDER = `${ROOT}out/sender.cjs`;

let server: Server;

beforeAll(async () => {
	server = await startServer();
	await build({
		entryPoints: [`${ROOT}test/support/senderProcess.ts`],
		outfile: SENDER,
		bundle: true,
		platform: "node",
		format: "cjs",
		target: "node20",
		alias: { vscode: `${ROOT}test/support/vscodeStub.ts` },
		external: ["undici", "bufferutil", "utf-8-validate"],
		logLevel: "warning",
	});
});
afterAll(async () => {
	await server.stop();
});

interface Told {
	readonly type: "online" | "safe" | "done";
	readonly text?: string;
	/** Unsent lines at the time when `text` was safe. */
	readonly waiting?: number;
	readonly me?: string;
	readonly token?: string;
	readonly secrets?: unknown;
	readonly identities?: unknown;
}

/** Runs a window until `isOver` kills it, or until it has sent everything. */
async function live(
	start: object,
	isOver: (told: Told) => boolean,
	onOnline: (told: Told) => Promise<void>,
): Promise<{ readonly safe: string[]; readonly online: Told }> {
	const child: ChildProcess = fork(SENDER, { silent: true });
	const safe: string[] = [];
	let online: Told | undefined;
	await new Promise<void>((resolve, reject) => {
		child.on("message", (message) => {
			const told = message as Told;
			if (told.type === "online") {
				online = told;
				onOnline(told).then(() => child.send("begin"), reject);
			}
			if (told.type === "safe" && told.text !== undefined) {
				safe.push(told.text);
			}
			if (isOver(told)) {
				child.kill("SIGKILL");
			}
		});
		child.on("exit", () => resolve());
		child.on("error", reject);
		child.send(start);
	});
	if (online === undefined) {
		throw new Error("The window ended before it was online");
	}
	return { safe, online };
}

test.each(ROOM_KINDS)("R2 in %s: a window killed with waiting lines loses none and doubles none", { timeout: LIMIT_MS }, async (kind) => {
	const database = `crash-${ROOM_KINDS.indexOf(kind)}`;
	const meeting = await Meeting.begin(server, database, kind, { hasRates: true });
	const folder = temporaryFolder("spacetimedb-chat-journal");
	const common = { url: server.url, database, folder, room: meeting.room };
	const join = async ({ me: identity = "", token = "" }: Told) => {
		await meeting.invite(identity);
		meeting.attend(identity, token);
	};
	let kept: { secrets: unknown; identities: unknown } = { secrets: [], identities: [] };
	let me = "";
	const safe: string[] = [];
	const typed: string[] = [];
	let leastWaiting = Number.POSITIVE_INFINITY;
	for (let kill = 0; kill < KILLS; kill++) {
		const texts = Array.from({ length: LINES_A_LIFE }, (_, index) => `life ${kill} line ${index}`);
		typed.push(...texts);
		// The kill hits a window that types, writes and sends, after a random number of lines.
		let more = Math.floor(Math.random() * 20);
		const life = await live({ ...common, ...kept, texts }, ({ type, text, waiting = 0 }) => {
			more -= waiting >= WAITING_AT_LEAST ? 1 : 0;
			const isOver = type === "safe" && (more < 0 || text === texts.at(-1));
			leastWaiting = isOver ? Math.min(leastWaiting, waiting) : leastWaiting;
			return isOver;
		}, join);
		kept = { secrets: life.online.secrets, identities: life.online.identities };
		me = life.online.me ?? "";
		safe.push(...life.safe);
	}
	await live({ ...common, ...kept, texts: [] }, (told) => told.type === "done", join);
	const verdict = await meeting.judge(new Map([[me, safe]]));
	// A typed line that was not safe yet may be stored or not, but not twice.
	const { doubled, outOfOrder } = await meeting.judge(new Map([[me, typed]]));
	removeTemporaryFolder(folder);
	console.log(
		`R2 in ${kind}: ${KILLS} client kills with ${leastWaiting} lines waiting at least, ${JSON.stringify(verdict)}`,
	);
	expect([verdict, { doubled, outOfOrder }, leastWaiting >= WAITING_AT_LEAST]).toEqual([
		{ sent: safe.length, ...UNHARMED },
		{ doubled: 0, outOfOrder: 0 },
		true,
	]);
});
