import { fork } from "node:child_process";
import { join } from "node:path";
import { CHECKOUT } from "../../scripts/lib/dependencies.mjs";
import { endWithUs } from "../../scripts/lib/processes.mjs";
import type { tasks as plainTasks } from "../child/plain";
import type { tasks as shippedTasks } from "../child/shipped";
import { yieldProcessor } from "./processes";

const LIMIT_MS = 20 * 60_000;
/** Enough for a client that subscribes to everything, and so holds all of it. */
const HEAP_MIB = 8_192;

/** The tasks of the baselines and of other people. */
export const plain = tasksOf("plain") as typeof plainTasks;
/** The tasks of our own code. */
export const shipped = tasksOf("shipped") as typeof shippedTasks;

type Answer = Readonly<{ result?: unknown; error?: string }>;

/** Returns the tasks of a program of `child/`; each runs in a process of its own. */
function tasksOf(program: string): object {
	const get = (_: object, name: string) => async (args: unknown) => inChild(program, name, args);
	return new Proxy({}, { get });
}

/**
 * Runs a task in a process of its own, so that no measurement collects the garbage of another. The
 * arguments, a token perhaps, go by a message and nowhere else.
 */
async function inChild(program: string, name: string, args: unknown): Promise<unknown> {
	const child = fork(join(CHECKOUT, "out", "bench", `${program}.mjs`), {
		execArgv: ["--expose-gc", "--enable-source-maps", `--max-old-space-size=${HEAP_MIB}`],
		stdio: ["ignore", "ignore", "pipe", "ipc"],
		timeout: LIMIT_MS,
		// A group of its own ends with us, and can have a priority of its own.
		detached: process.platform !== "win32",
	});
	const { pid = 0 } = child;
	const forget = endWithUs(pid);
	if (name === "sendMessages") {
		yieldProcessor(pid);
	}
	let errors = "";
	child.stderr?.on("data", (chunk: Buffer) => (errors = (errors + chunk.toString()).slice(-2_000)));
	try {
		return await new Promise((resolve, reject) => {
			child.on("message", ({ error, result }: Answer) => {
				if (error !== undefined) {
					reject(new Error(`${name}: ${error}`));
				}
				resolve(result);
			});
			child.on("error", reject);
			child.on("exit", () => reject(new Error(`${name} ended without an answer. ${errors}`)));
			child.send({ name, args });
		});
	} finally {
		forget();
		child.kill("SIGKILL");
	}
}
