import { seededMessages } from "../../scripts/lib/seed.mjs";
import { Caller } from "../../test/support/callers";
import { Talker } from "../../test/support/talker";

/** Somebody who is alone in a private room, with a row for all that was said there. */
export interface Member {
	readonly identity: string;
	readonly token: string;
	readonly room: number;
}

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
		await talker.keepPace();
		talker.say(Number(room), next().text);
	}
	await talker.done();
	talker.leave();
	return { identity, token, room: Number(room) };
}
