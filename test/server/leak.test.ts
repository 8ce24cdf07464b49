import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";
import { afterAll, beforeAll, expect, test } from "vitest";
import { startServer } from "../../scripts/lib/spacetimedb.mjs";
import type { Server } from "../support/chatServer";
import { FaultProxy } from "../support/faultProxy";
import { Meeting, ROOM_KINDS } from "../support/meeting";
import { isSoak } from "../support/size";
import { TestWindow } from "../support/testWindow";
import { until } from "../support/until";
import { EventEmitter } from "../support/vscodeStub";

const RECONNECTS = isSoak ? 1_000 : 100;
const LIMIT_MS = isSoak ? 600_000 : 120_000;

let server: Server;

beforeAll(async () => {
	server = await startServer();
});
afterAll(async () => {
	await server.stop();
});

/** Counts the listeners of our emitters and of the process. */
function listenerCount(): number {
	return process
		.eventNames()
		.reduce((sum, name) => sum + process.listenerCount(name), EventEmitter.listenerCount);
}

test.each(ROOM_KINDS)("R9 in %s: repeated reconnects leave one socket and no memory behind", { timeout: LIMIT_MS }, async (kind) => {
	const meeting = await Meeting.begin(server, `leak-${ROOM_KINDS.indexOf(kind)}`, kind);
	const proxy = await FaultProxy.before(server);
	const window = await TestWindow.online(proxy.url, meeting.database);
	await meeting.admit(window);
	const heapBytes = () => {
		setFlagsFromString("--expose-gc");
		(runInNewContext("gc") as () => void)();
		return process.memoryUsage().heapUsed;
	};
	const reconnect = async () => {
		window.session.connection.connect();
		await window.becomes("online");
	};
	for (let count = 0; count < 50; count++) {
		await reconnect();
	}
	window.states.length = 0;
	const listenersBefore = listenerCount();
	const before = heapBytes();
	for (let count = 0; count < RECONNECTS; count++) {
		await reconnect();
		window.states.length = 0;
	}
	await until("the old sockets are gone", () => proxy.openCount === 1, 10_000);
	const grownMiB = (heapBytes() - before) / 1024 / 1024;
	const moreListeners = listenerCount() - listenersBefore;
	const sockets = proxy.openCount;
	window.close();
	await proxy.stop();
	console.log(
		`R9 in ${kind}: ${RECONNECTS} reconnects, ${sockets} socket, ${moreListeners} listeners more, ${grownMiB.toFixed(1)} MiB more`,
	);
	expect([sockets, moreListeners, grownMiB < 5]).toEqual([1, 0, true]);
});
