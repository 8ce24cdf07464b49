import { setTimeout as sleep } from "node:timers/promises";
import { seededMessages } from "../../scripts/lib/seed.mjs";
import { Caller } from "../../test/support/callers";
import { Talker } from "../../test/support/talker";

/** Somebody who is alone in a private room, with a row for all that was said there. */
export interface Member {
	readonly identity: string;
	readonly token: string;
	readonly room: number;
}

/** The server queues 2,048 calls of a connection (server 1.3.0). */
const MOST_UNANSWERED = 1_500;

/** Makes a private room and says so much in it, as fast as the server takes it. */
export async function sayAlone(
	url: string,
	database: string,
	{ count, seed }: { readonly count: number; readonly seed: number },
): Promise<Member> {
	const talker = await Talker.connect(url, database);
	const { identity, token } = talker;
	const member = new Caller(url, database, { identity, token });
	await member.do("create_room", "Alone", "", true, "alone");
	const [[room] = []] = await member.rows("SELECT room FROM private_room");
	const next = seededMessages(seed);
	for (let said = 0; said < count; said++) {
		while (talker.unanswered >= MOST_UNANSWERED) {
			await sleep(2);
		}
		talker.say(Number(room), next().text);
	}
	while (talker.unanswered > 0) {
		await sleep(2);
	}
	talker.leave();
	return { identity, token, room: Number(room) };
}
