import type { DbConnection } from "../../module_bindings";
import type { BackendEvents } from "./backend";
import { isLive } from "./liveRow";
import { readPerson } from "./rows";

/** Tells who comes, goes and is renamed; the table is the same in every chat database. */
export function watchPeople(
	{ db: { user } }: DbConnection,
	events: BackendEvents,
	guard: (act: () => void) => void,
): void {
	user.onInsert((context, row) =>
		guard(() => {
			if (isLive(context)) {
				events.personChanged(readPerson(row), undefined);
			}
		}),
	);
	user.onUpdate((_context, before, row) =>
		guard(() => events.personChanged(readPerson(row), readPerson(before))),
	);
	user.onDelete((_context, row) => guard(() => events.personGone(row.identity.toHexString())));
}
