import type { TableShape } from "../chatSchema";

const SEQ = ["U32", "U64"];
const POST_TAIL = [
	...["Identity", "Timestamp", "Option<String>", "String"],
	...["Option<U64>", "Option<Timestamp>", "Sum"],
];

/**
 * The tables of rooms, private talk and all that came with them, column by column: a row with one more
 * column than the bindings know would stop the SDK (1.3.3). `server/src` has them one file each.
 */
export const ROOM_TABLE_SHAPES: readonly TableShape[] = [
	{
		name: "room",
		types: ["U32", "String", "String", "Identity", "Timestamp", "Bool"],
	},
	{ name: "membership", types: ["U64", "Identity", "U32", "Timestamp"] },
	{
		name: "private_room",
		types: [
			...["U64", "Identity", "U32", "U8", "String", "String", "Array<Identity>"],
			...["Identity", "Timestamp", "Bool", "U64"],
		],
	},
	{ name: "private_post", types: ["U64", "Identity", "U64", ...SEQ, ...POST_TAIL] },
	{ name: "reaction", types: ["U64", "U64", ...SEQ, "Identity", "String"] },
	{
		name: "private_reaction",
		types: ["U64", "Identity", "U64", ...SEQ, "Identity", "String"],
	},
	{ name: "post_version", types: ["U64", ...SEQ, "String", "Timestamp"] },
	{ name: "private_post_version", types: ["U64", "Identity", ...SEQ, "String", "Timestamp"] },
	{ name: "room_activity", types: [...SEQ, "Identity", "Timestamp", "String"] },
	{
		name: "private_activity",
		types: ["U64", "Identity", ...SEQ, "Identity", "Timestamp", "String"],
	},
	{ name: "read_mark", types: ["U64", "Identity", ...SEQ] },
	{ name: "mention", types: ["U64", "Identity", ...SEQ, "Identity", "Timestamp", "String"] },
	{ name: "typing", types: ["U64", "U32", "Identity", "Timestamp"] },
	{ name: "private_typing", types: ["U64", "Identity", "U32", "Identity", "Timestamp"] },
	{
		name: "profile",
		types: [...["Identity", "String", "String", "Option<Timestamp>", "U8", "Option<Timestamp>"]],
	},
	{ name: "role", types: ["Identity", "U8"] },
	{ name: "sanction", types: ["U64", "Identity", "U8", "Option<Timestamp>"] },
	{
		name: "sanction_detail",
		types: [
			...["U64", "Identity", "Identity", "U8", "Option<Timestamp>", "String"],
			...["Option<Identity>", "Timestamp"],
		],
	},
];
