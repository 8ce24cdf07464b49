import { exportAll } from "./exportAll";
import { framesOfEverything, framesOfOurs } from "./frames";
import { hearEverything, hearOurs } from "./hear";
import { openEverything } from "./openEverything";
import { openOurs } from "./openOurs";
import { openPrivate } from "./openPrivate";
import { scrollBack } from "./scrollBack";
import { searchFor } from "./searchFor";
import { sendOurs } from "./sendOurs";
import { sendRaw } from "./sendRaw";
import { talk } from "./talk";

/** What a child can be asked to do. */
export const tasks = {
	exportAll,
	framesOfEverything,
	framesOfOurs,
	hearEverything,
	hearOurs,
	openEverything,
	openOurs,
	openPrivate,
	scrollBack,
	searchFor,
	sendOurs,
	sendRaw,
	talk,
};

export type Tasks = typeof tasks;
