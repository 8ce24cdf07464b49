import type { DbConnectionBuilder, DbConnectionImpl } from "@clockworklabs/spacetimedb-sdk";
import { BinaryWriter } from "@clockworklabs/spacetimedb-sdk";
import { Announce } from "../../../module_bindings/announce_reducer";
import { ArchiveRoom } from "../../../module_bindings/archive_room_reducer";
import { Ban } from "../../../module_bindings/ban_reducer";
import { CreateRoom } from "../../../module_bindings/create_room_reducer";
import { DeletePost } from "../../../module_bindings/delete_post_reducer";
import { EditPost } from "../../../module_bindings/edit_post_reducer";
import { Invite } from "../../../module_bindings/invite_reducer";
import { JoinRoom } from "../../../module_bindings/join_room_reducer";
import { LeaveRoom } from "../../../module_bindings/leave_room_reducer";
import { Lift } from "../../../module_bindings/lift_reducer";
import { MarkRead } from "../../../module_bindings/mark_read_reducer";
import { OpenDirect } from "../../../module_bindings/open_direct_reducer";
import { PostMessage } from "../../../module_bindings/post_message_reducer";
import { PostReply } from "../../../module_bindings/post_reply_reducer";
import { React } from "../../../module_bindings/react_reducer";
import { RemoveMember } from "../../../module_bindings/remove_member_reducer";
import { RemovePost } from "../../../module_bindings/remove_post_reducer";
import { RenameRoom } from "../../../module_bindings/rename_room_reducer";
import { Search } from "../../../module_bindings/search_reducer";
import { SendMessage } from "../../../module_bindings/send_message_reducer";
import { SetAvailability } from "../../../module_bindings/set_availability_reducer";
import { SetName } from "../../../module_bindings/set_name_reducer";
import { SetRole } from "../../../module_bindings/set_role_reducer";
import { SetStatus } from "../../../module_bindings/set_status_reducer";
import { SetTopic } from "../../../module_bindings/set_topic_reducer";
import { StartTyping } from "../../../module_bindings/start_typing_reducer";
import { TimeOut } from "../../../module_bindings/time_out_reducer";
import type { ChatSchema } from "../chatSchema";
import type { ChatTables } from "./remoteTables";
import { snakeCase, tableDescriptions, tablesOf } from "./remoteTables";

type RemoteModule = ConstructorParameters<typeof DbConnectionBuilder>[0];

/** A connection of the SDK with the tables that are subscribed to. */
export type ChatDbConnection = DbConnectionImpl<ChatTables>;

/** The part of a connection that the generated code uses and that is not declared (SDK 1.3.3). */
interface WithCache {
	readonly clientCache: { getOrCreateTable(description: unknown): unknown };
}

/** The reducers that are called, by the names that the bindings give them. */
const REDUCERS = {
	announce: Announce,
	archiveRoom: ArchiveRoom,
	ban: Ban,
	createRoom: CreateRoom,
	deletePost: DeletePost,
	editPost: EditPost,
	invite: Invite,
	joinRoom: JoinRoom,
	leaveRoom: LeaveRoom,
	lift: Lift,
	markRead: MarkRead,
	openDirect: OpenDirect,
	postMessage: PostMessage,
	postReply: PostReply,
	react: React,
	removeMember: RemoveMember,
	removePost: RemovePost,
	renameRoom: RenameRoom,
	search: Search,
	setAvailability: SetAvailability,
	setRole: SetRole,
	setStatus: SetStatus,
	setTopic: SetTopic,
	startTyping: StartTyping,
	timeOut: TimeOut,
};
export type ReducerName = keyof typeof REDUCERS;

/**
 * What the SDK wants to know of a database: the tables and reducers that are used here. The generated
 * index has those that clients of other kinds may want too, and a class for each; both would be bundled.
 * The tutorial's reducers stand under the names that this database gives them, since the SDK looks the
 * argument types of an answer up by name.
 */
export function remoteModuleFor(schema: ChatSchema): RemoteModule {
	const tables = tableDescriptions();
	const reducers = [
		...Object.entries(REDUCERS).map(([name, args]) => [snakeCase(name), args] as const),
		[schema.setName, SetName] as const,
		[schema.sendMessage, SendMessage] as const,
	];
	return {
		tables,
		reducers: Object.fromEntries(
			reducers.map(([reducerName, args]) => [
				reducerName,
				{ reducerName, argsType: args.getTypeScriptAlgebraicType() },
			]),
		),
		versionInfo: { cliVersion: "1.3.0" },
		// The generated one copies the whole connection for each message; ours needs the event only.
		eventContextConstructor: (_connection: unknown, event: unknown) => ({ event }),
		dbViewConstructor: ({ clientCache }: WithCache) =>
			tablesOf((name) => clientCache.getOrCreateTable(tables[name])),
		// Called by `callReducer` below, and not by methods of their own.
		reducersConstructor: () => ({}),
		setReducerFlagsConstructor: () => ({}),
	} as unknown as RemoteModule;
}

/** Calls a reducer with its arguments in order. */
export function callReducer(
	connection: ChatDbConnection,
	name: ReducerName,
	args: readonly unknown[],
): void {
	const type = REDUCERS[name].getTypeScriptAlgebraicType();
	const product = Object.fromEntries(
		type.product.elements.map(({ name: argument }, index) => [argument, args[index]]),
	);
	const writer = new BinaryWriter(1_024);
	type.serialize(writer, product);
	connection.callReducer(snakeCase(name), writer.getBuffer(), "FullUpdate");
}

/** Calls back with the arguments, in order, of each answer to a reducer of ours. */
export function onAnswer(
	connection: ChatDbConnection,
	name: ReducerName,
	heard: (event: never, args: readonly unknown[]) => void,
): void {
	connection.onReducer(snakeCase(name), (context, ...args: unknown[]) =>
		heard(context.event as never, args),
	);
}
