import { writeFileSync } from "node:fs";
import { constants, setPriority } from "node:os";

/**
 * Leaves a process what nobody else wants of this machine's time. For what runs on other machines in
 * reality, a server and the people who talk: what they use is not taken from who is measured.
 */
export function putElsewhere(pid: number): void {
	const { PRIORITY_LOW } = constants.priority;
	setPriority(pid, PRIORITY_LOW);
	try {
		// Linux shares time among sessions first, and only then by priority: autogroups in sched(7).
		writeFileSync(`/proc/${pid}/autogroup`, `${PRIORITY_LOW}`);
	} catch {
		// A system without them, where the priority alone is enough.
	}
}
