import { fork } from "node:child_process";
import { join } from "node:path";
import { CHECKOUT } from "../../scripts/lib/dependencies.mjs";
import { endWithUs } from "../../scripts/lib/processes.mjs";
import type { Tasks } from "../child/tasks";
import { putElsewhere } from "./elsewhere";

/** Tasks that are done by our code, with its packages as they are in the extension's files. */
const SHIPPED: ReadonlySet<keyof Tasks> = new Set([
	"exportAll",
	"framesOfOurs",
	"hearOurs",
	"openOurs",
	"openPrivate",
	"scrollBack",
	"searchFor",
	"sendOurs",
]);
/** What other people do, on machines of their own. */
const ELSEWHERE: ReadonlySet<keyof Tasks> = new Set(["talk"]);
const LIMIT_MS = 20 * 60_000;
/** A client that subscribes to everything holds all of it. */
const HEAP_MIB = 8_192;

type Answer = { readonly result: unknown } | { readonly error: string };

/**
 * Runs a task in a process of its own, so that no measurement has another's memory to collect. What it
 * is told, a token perhaps, goes by messages and nowhere else.
 */
export async function inChild<N extends keyof Tasks>(
	name: N,
	args: Parameters<Tasks[N]>[0],
): Promise<Awaited<ReturnType<Tasks[N]>>> {
	return (await ask(name, args)) as Awaited<ReturnType<Tasks[N]>>;
}

async function ask(name: keyof Tasks, args: unknown): Promise<unknown> {
	const file = SHIPPED.has(name) ? "shipped.mjs" : "child.mjs";
	const child = fork(join(CHECKOUT, "out", "bench", file), {
		execArgv: ["--expose-gc", "--enable-source-maps", `--max-old-space-size=${HEAP_MIB}`],
		stdio: ["ignore", "ignore", "pipe", "ipc"],
		// A group of its own is what ends with us, and what can be put elsewhere.
		detached: process.platform !== "win32",
	});
	const forget = child.pid === undefined ? () => undefined : endWithUs(child.pid);
	if (child.pid !== undefined && ELSEWHERE.has(name)) {
		putElsewhere(child.pid);
	}
	let said = "";
	child.stderr?.on("data", (chunk: Buffer) => (said = (said + chunk.toString()).slice(-2_000)));
	const timer = setTimeout(() => child.kill("SIGKILL"), LIMIT_MS);
	try {
		return await new Promise((resolve, reject) => {
			child.on("message", (answer: Answer) => {
				if ("error" in answer) {
					reject(new Error(`${name}: ${answer.error}`));
				} else {
					resolve(answer.result);
				}
			});
			child.on("error", reject);
			child.on("exit", () => reject(new Error(`${name} ended without an answer. ${said}`)));
			child.send({ name, args });
		});
	} finally {
		clearTimeout(timer);
		forget();
		child.kill("SIGKILL");
	}
}
