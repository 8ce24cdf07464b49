import { Limits } from "../../../module_bindings/limits_type";
import { Membership } from "../../../module_bindings/membership_type";
import { Mention } from "../../../module_bindings/mention_type";
import { Message } from "../../../module_bindings/message_type";
import { Post } from "../../../module_bindings/post_type";
import { PrivateActivity } from "../../../module_bindings/private_activity_type";
import { PrivatePost } from "../../../module_bindings/private_post_type";
import { PrivateReaction } from "../../../module_bindings/private_reaction_type";
import { PrivateRoom } from "../../../module_bindings/private_room_type";
import { PrivateTyping } from "../../../module_bindings/private_typing_type";
import { Profile } from "../../../module_bindings/profile_type";
import { Reaction } from "../../../module_bindings/reaction_type";
import { ReadMark } from "../../../module_bindings/read_mark_type";
import { Role } from "../../../module_bindings/role_type";
import { RoomActivity } from "../../../module_bindings/room_activity_type";
import { RoomHead } from "../../../module_bindings/room_head_type";
import { Room } from "../../../module_bindings/room_type";
import { SanctionDetail } from "../../../module_bindings/sanction_detail_type";
import { Sanction } from "../../../module_bindings/sanction_type";
import { SearchResult } from "../../../module_bindings/search_result_type";
import { Typing } from "../../../module_bindings/typing_type";
import { User } from "../../../module_bindings/user_type";
import type { TableHandle } from "./tableEvents";

/** The tables that are subscribed to, by the names that the code gives them, with their rows. */
interface Rows {
	readonly user: User;
	readonly message: Message;
	readonly post: Post;
	readonly limits: Limits;
	readonly room: Room;
	readonly roomHead: RoomHead;
	readonly roomActivity: RoomActivity;
	readonly membership: Membership;
	readonly mention: Mention;
	readonly privateRoom: PrivateRoom;
	readonly privatePost: PrivatePost;
	readonly privateReaction: PrivateReaction;
	readonly privateActivity: PrivateActivity;
	readonly privateTyping: PrivateTyping;
	readonly profile: Profile;
	readonly reaction: Reaction;
	readonly readMark: ReadMark;
	readonly role: Role;
	readonly sanction: Sanction;
	readonly sanctionDetail: SanctionDetail;
	readonly searchResult: SearchResult;
	readonly typing: Typing;
}

/** The SDK's cache of those tables. */
export type ChatTables = { readonly [K in keyof Rows]: TableHandle<Rows[K]> };

type RowType = ReturnType<typeof User.getTypeScriptAlgebraicType>;

interface RowModule {
	getTypeScriptAlgebraicType(): RowType;
}

/** The rows' types with their primary keys, as the generated bindings have them. */
const TABLES: { readonly [K in keyof Rows]: readonly [RowModule, (keyof Rows[K] & string)?] } = {
	user: [User, "identity"],
	message: [Message],
	post: [Post, "id"],
	limits: [Limits, "id"],
	room: [Room, "id"],
	roomHead: [RoomHead, "room"],
	roomActivity: [RoomActivity, "room"],
	membership: [Membership, "id"],
	mention: [Mention, "id"],
	privateRoom: [PrivateRoom, "id"],
	privatePost: [PrivatePost, "id"],
	privateReaction: [PrivateReaction, "id"],
	privateActivity: [PrivateActivity, "id"],
	privateTyping: [PrivateTyping, "id"],
	profile: [Profile, "identity"],
	reaction: [Reaction, "id"],
	readMark: [ReadMark, "id"],
	role: [Role, "identity"],
	sanction: [Sanction, "id"],
	sanctionDetail: [SanctionDetail, "id"],
	searchResult: [SearchResult, "asker"],
	typing: [Typing, "id"],
};

/** What the SDK wants to know of a table (1.3.3). */
export interface TableDescription {
	readonly tableName: string;
	readonly rowType: RowType;
	readonly primaryKeyInfo?: {
		readonly colName: string;
		readonly colType: RowType["product"]["elements"][number]["algebraicType"];
	};
}

/** The tables' descriptions, by their names in the database. */
export function tableDescriptions(): Record<string, TableDescription> {
	return Object.fromEntries(
		Object.entries(TABLES).map(([name, [module, primaryKey]]) => {
			const rowType = module.getTypeScriptAlgebraicType();
			const column = rowType.product.elements.find((element) => element.name === primaryKey);
			const tableName = snakeCase(name);
			return [
				tableName,
				{
					tableName,
					rowType,
					...(column === undefined || primaryKey === undefined
						? {}
						: { primaryKeyInfo: { colName: primaryKey, colType: column.algebraicType } }),
				},
			];
		}),
	);
}

/** The tables by the names of the code. @param cacheOf gives the SDK's cache of a table */
export function tablesOf(cacheOf: (tableName: string) => unknown): ChatTables {
	return Object.fromEntries(
		Object.keys(TABLES).map((name) => [name, cacheOf(snakeCase(name))]),
	) as unknown as ChatTables;
}

/** `roomHead` is `room_head` in Rust. */
export function snakeCase(name: string): string {
	return name.replace(/[A-Z]/gu, (letter) => `_${letter.toLowerCase()}`);
}
