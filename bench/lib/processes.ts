import { readFileSync, writeFileSync } from "node:fs";
import { constants, setPriority } from "node:os";

/** Ticks of the kernel's clock a second, as every Linux reports them to programs. */
const TICKS_PER_SECOND = 100;

/** Returns the CPU seconds that all threads of a process have used; `NaN` without Linux's /proc. */
export function cpuSeconds(pid: number): number {
	try {
		const stat = readFileSync(`/proc/${pid}/stat`, "utf8");
		// The name, in brackets, may hold spaces.
		const fields = stat.slice(stat.lastIndexOf(")") + 2).split(" ");
		return (Number(fields[11]) + Number(fields[12])) / TICKS_PER_SECOND;
	} catch {
		return Number.NaN;
	}
}

/**
 * Gives a process the lowest priority. A server and other people have machines of their own in
 * reality, so their work takes no time from the measured process.
 */
export function yieldProcessor(pid: number): void {
	const { PRIORITY_LOW } = constants.priority;
	setPriority(pid, PRIORITY_LOW);
	try {
		// Linux shares time among sessions first, and only then by priority: autogroups in sched(7).
		writeFileSync(`/proc/${pid}/autogroup`, `${PRIORITY_LOW}`);
	} catch {
		// A system without autogroups, where the priority alone is enough.
	}
}
