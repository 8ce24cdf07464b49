import type { Identity } from "@clockworklabs/spacetimedb-sdk";
import type { PostRow } from "../sdk/rows";
import type { TableHandle } from "../sdk/tableEvents";

/** Where the posts of a room lie, and those of other rooms too. */
export interface RoomTables {
	readonly name: "post" | "private_post";
	readonly posts: TableHandle<PostRow>;
	/** Where the database has reactions. */
	readonly reactions?: {
		readonly name: "reaction" | "private_reaction";
		readonly rows: TableHandle<ReactionRow>;
	};
	/** The first page that has anything for us: who joined a private room late sees nothing before. */
	readonly first: number;
	/** The owner of a database is told everybody's private rows: those of others are not looked at. */
	isMine(row: object): boolean;
	/** The same as a condition of SQL, behind others; empty where all rows are everybody's. */
	readonly andMine: string;
}

/** The columns that reactions have in public rooms and in private ones. */
export interface ReactionRow {
	readonly room: number;
	readonly page: bigint;
	readonly seq: bigint;
	readonly who: Identity;
	readonly emoji: string;
}
