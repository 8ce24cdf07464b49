import { connect, createServer, type AddressInfo, type Socket } from "node:net";
import { createIdentity } from "../../scripts/lib/databases.mjs";
import type { Bench } from "../lib/bench";
import { median } from "../lib/figures";
import { plain, shipped } from "../lib/inChild";
import type { Seeded } from "../lib/seeded";

export const opening = {
	open: openPanel,
	"open-session": openSession,
	"open-private": openPrivate,
	"open-everything": openEverything,
	"bytes-open": bytesOpen,
};

/** (e) and (c): from the click on the panel's mark until the newest messages are on screen. */
async function openPanel(bench: Bench) {
	const stage = await bench.stage();
	const openTwice = async (database: Seeded) => {
		const panel = await stage.openWindow(database);
		try {
			const coldMs = await panel.open();
			await panel.hide();
			return { coldMs, warmMs: await panel.open() };
		} finally {
			await panel.close();
		}
	};
	const openPlain = async (database: Seeded) => {
		const page = await stage.openPlain(database);
		const coldMs = await page.open().finally(() => page.close());
		return { coldMs };
	};
	const { runs, sizes } = await bench.largeAgainstSmall(openTwice);
	const middle = await bench.seeded("rooms", "middle");
	const against = await bench.inTurn(
		() => openTwice(middle),
		() => openPlain(middle),
	);
	return {
		sizes,
		figures: {
			"open.cold": runs.both(({ coldMs }) => coldMs),
			"open.warm": runs.both(({ warmMs }) => warmMs),
			"open.plain": against.both(({ coldMs }) => coldMs),
		},
	};
}

/** (e): the host's part of opening. */
async function openSession(bench: Bench) {
	const { runs, large, small, sizes } = await bench.largeAgainstSmall(shipped.open);
	return {
		sizes,
		figures: {
			"open-session.server": { ours: [large.loadMs], baseline: [small.loadMs] },
			"open-session": runs.both(({ ms }) => ms),
		},
	};
}

/** (e): a private room, in which each member has a row of their own for every message. */
async function openPrivate(bench: Bench) {
	const { runs, sizes } = await bench.largeAgainstSmall(shipped.openPrivate, "private", "private");
	return {
		sizes,
		figures: {
			"open-private.page": runs.both(({ pageMs }) => median(pageMs)),
			"open-private.page-cpu": runs.both(({ pageCpuMs }) => pageCpuMs),
			"open-private.enter": runs.both(({ enterMs }) => enterMs),
			"open-private.read": runs.both(({ readMs }) => median(readMs)),
		},
	};
}

/** (a): a part of the history against all of it, in a rooms and in a quickstart database. */
async function openEverything(bench: Bench) {
	const measure = async (kind: "rooms" | "quickstart") => {
		const database = await bench.seeded(kind, "middle");
		// A kept token, as on any day but the first; without one both sides would make an identity.
		const { token } = await createIdentity(database.url);
		return bench.inTurn(
			() => shipped.open({ ...database, token }),
			() => plain.openEverything({ ...database, kind, token }),
		);
	};
	const ours = await measure("rooms");
	const stock = await measure("quickstart");
	return {
		sizes: { messages: bench.sizes.middle },
		figures: {
			"open-everything.ours": ours.both(({ ms }) => ms),
			"open-everything.ours-heap": ours.both(({ heapBytes }) => heapBytes),
			"open-everything.ours-rss": ours.both(({ rssBytes }) => rssBytes),
			"open-everything.stock": stock.both(({ ms }) => ms),
			"open-everything.stock-heap": stock.both(({ heapBytes }) => heapBytes),
			"open-everything.stock-rss": stock.both(({ rssBytes }) => rssBytes),
		},
	};
}

/** (a) and (e): bytes on the wire on opening, in both directions, HTTP included. */
async function bytesOpen(bench: Bench) {
	const open = async (database: Seeded) => bytesTo(database, shipped.open);
	const openAll = async (database: Seeded) =>
		bytesTo(database, (target) => plain.openEverything({ ...target, kind: "rooms" as const }));
	const middle = await bench.seeded("rooms", "middle");
	const against = await bench.inTurn(
		() => open(middle),
		() => openAll(middle),
	);
	const { runs, sizes } = await bench.largeAgainstSmall(open);
	return {
		sizes,
		figures: {
			"bytes-open": against.both((bytes) => bytes),
			"bytes-open.large": runs.both((bytes) => bytes),
		},
	};
}

/** Counts the bytes that pass a TCP proxy before a server. @param act connects to the proxy */
async function bytesTo(server: Seeded, act: (proxy: Seeded) => Promise<unknown>): Promise<number> {
	const sockets: Socket[] = [];
	const proxy = createServer((client) => {
		const upstream = connect(Number(new URL(server.url).port), "127.0.0.1");
		client.pipe(upstream).pipe(client);
		for (const socket of [client, upstream]) {
			sockets.push(socket.on("error", () => undefined));
		}
	});
	await new Promise<void>((ready) => proxy.listen(0, "127.0.0.1", ready));
	const { port } = proxy.address() as AddressInfo;
	try {
		await act({ ...server, url: `http://127.0.0.1:${port}` });
		return sockets.reduce((sum, { bytesRead }) => sum + bytesRead, 0);
	} finally {
		for (const socket of sockets) {
			socket.destroy();
		}
		await new Promise((closed) => proxy.close(closed));
	}
}
