import { readFileSync } from "node:fs";

/** Ticks of the kernel's clock a second, as every Linux reports them to programs. */
const TICKS_PER_SECOND = 100;

/** CPU seconds that a process has used, by all its threads; `undefined` where Linux's /proc is not. */
export function cpuSeconds(pid: number): number | undefined {
	try {
		const stat = readFileSync(`/proc/${pid}/stat`, "utf8");
		// The name, in brackets, may hold spaces.
		const fields = stat.slice(stat.lastIndexOf(")") + 2).split(" ");
		return (Number(fields[11]) + Number(fields[12])) / TICKS_PER_SECOND;
	} catch {
		return undefined;
	}
}
