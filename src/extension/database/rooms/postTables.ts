import type { Row } from "../sdk/moduleTypes";
import type { PostRow } from "../sdk/rows";
import type { TableHandle } from "../sdk/tableEvents";

/** The tables with the posts of a room. They have the posts of other rooms too. */
export interface PostTables {
	readonly name: "post" | "private_post";
	readonly posts: TableHandle<PostRow>;
	/** Absent where the database has no reactions. */
	readonly reactions?: {
		readonly name: "reaction" | "private_reaction";
		readonly rows: TableHandle<ReactionRow>;
	};
	/** The first page that this person may read. A member of a private room reads nothing older than joining. */
	readonly first: number;
	/** Selects own rows, because the owner of a database receives everybody's private rows. */
	isOwn(row: object): boolean;
	/** The same selection as a further condition of SQL; empty for public rooms. */
	readonly andOwn: string;
}

/** The columns that reactions have in public rooms and in private ones. */
export type ReactionRow = Pick<Row<"reaction">, "room" | "page" | "seq" | "who" | "emoji">;
