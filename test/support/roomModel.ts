/** An act of one of three people on another or on a room; people and rooms are numbers from 0. */
export type Step =
	| { readonly kind: "setRole"; readonly by: number; readonly to: number; readonly role: number }
	| { readonly kind: "ban" | "lift"; readonly by: number; readonly to: number }
	| { readonly kind: "create"; readonly by: number }
	| {
			readonly kind: "invite" | "remove";
			readonly by: number;
			readonly to: number;
			readonly room: number;
	  }
	| { readonly kind: "leave" | "post"; readonly by: number; readonly room: number }
	| { readonly kind: "read"; readonly by: number; readonly room: number; readonly seq: number };

interface Member {
	readonly person: number;
	readonly joinedSeq: number;
	unreadFrom: number;
}

interface ModelRoom {
	/** The longest member comes first. */
	members: Member[];
	host: number;
	readonly posts: string[];
}

/** The rules of the module in a few lines, as a model to compare the module with. */
export class RoomModel {
	readonly ranks: number[];
	readonly rooms: ModelRoom[] = [];
	readonly #banned = new Set<number>();

	constructor(ranks: readonly number[]) {
		this.ranks = [...ranks];
	}

	get owners(): number {
		return this.ranks.filter((role) => role === 2).length;
	}

	/** Returns a member's texts and unread count of a room; `undefined` for others. */
	seenBy(person: number, index: number): { texts: string[]; unread: number } | undefined {
		const room = this.rooms[index];
		const member = room?.members.find((candidate) => candidate.person === person);
		return room === undefined || member === undefined
			? undefined
			: {
					texts: room.posts.slice(member.joinedSeq),
					unread: room.posts.length - member.unreadFrom,
				};
	}

	/** Performs a step if the rules allow it. @returns the code of the answer */
	take(step: Step): string {
		if (this.#banned.has(step.by) && step.kind !== "leave" && step.kind !== "read") {
			return "banned";
		}
		switch (step.kind) {
			case "setRole":
				return this.#setRole(step.by, step.to, step.role);
			case "ban":
				return this.#ban(step.by, step.to);
			case "lift":
				return this.#rank(step.by) > 0 ? this.#lift(step.to) : "rights";
			case "create":
				this.rooms.push({ members: [joined(step.by, 0)], host: step.by, posts: [] });
				return "ok";
			default:
				return this.#inRoom(step);
		}
	}

	#setRole(by: number, to: number, role: number): string {
		if (this.#rank(by) !== 2) {
			return "rights";
		}
		if (this.#rank(to) === role) {
			return "ok";
		}
		if ((this.#rank(to) === 2 && this.owners === 1) || this.#banned.has(to)) {
			return "role";
		}
		this.ranks[to] = role;
		return "ok";
	}

	#ban(by: number, to: number): string {
		const isAllowed = this.#rank(by) > this.#rank(to) && this.#rank(to) !== 2 && this.#rank(by) > 0;
		if (!isAllowed) {
			return "rights";
		}
		this.#banned.add(to);
		this.ranks[to] = 0;
		return "ok";
	}

	#lift(to: number): string {
		this.#banned.delete(to);
		return "ok";
	}

	#inRoom(step: Exclude<Step, { kind: "setRole" | "ban" | "lift" | "create" }>): string {
		const room = this.rooms[step.room];
		const own = room?.members.find(({ person }) => person === step.by);
		if (room === undefined || own === undefined) {
			return "room";
		}
		switch (step.kind) {
			case "invite":
				if (!room.members.some(({ person }) => person === step.to)) {
					room.members.push(joined(step.to, room.posts.length));
				}
				return "ok";
			case "remove":
				if (room.host !== step.by && step.to !== step.by) {
					return "rights";
				}
				drop(room, step.to);
				return "ok";
			case "leave":
				drop(room, step.by);
				return "ok";
			case "post":
				room.posts.push(`post ${room.posts.length}`);
				own.unreadFrom = room.posts.length;
				return "ok";
			case "read":
				own.unreadFrom = Math.max(own.unreadFrom, Math.min(step.seq + 1, room.posts.length));
				return "ok";
		}
	}

	#rank(person: number): number {
		return this.ranks[person] ?? 0;
	}
}

function joined(person: number, seq: number): Member {
	return { person, joinedSeq: seq, unreadFrom: seq };
}

function drop(room: ModelRoom, person: number): void {
	room.members = room.members.filter((member) => member.person !== person);
	if (room.host === person) {
		room.host = room.members[0]?.person ?? room.host;
	}
}
