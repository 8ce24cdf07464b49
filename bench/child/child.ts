import { tasks, type Tasks } from "./tasks";

/*
 * One measurement in a process of its own: it is told which by a message, answers with one, and is then
 * ended by its parent.
 */
process.once("message", ({ name, args }: { name: keyof Tasks; args: never }) => {
	const task = tasks[name] as (args: never) => Promise<unknown>;
	task(args).then(
		(result) => process.send?.({ result }),
		(error: unknown) =>
			process.send?.({
				error: error instanceof Error ? (error.stack ?? error.message) : String(error),
			}),
	);
});
