import type { DbConnectionBuilder } from "@clockworklabs/spacetimedb-sdk";
import { DbConnection, SendMessage, SetName } from "../../module_bindings";
import type { ChatSchema } from "./chatSchema";

type RemoteModule = ConstructorParameters<typeof DbConnectionBuilder>[0];

/**
 * The generated description of the tables and reducers, with the reducers under the names that this
 * database gives them: the SDK looks the argument types of an answer up by name.
 */
export function remoteModuleFor(schema: ChatSchema): RemoteModule {
	const { remoteModule } = DbConnection.builder() as unknown as { remoteModule: RemoteModule };
	return {
		...remoteModule,
		reducers: {
			...remoteModule.reducers,
			[schema.setName]: {
				reducerName: schema.setName,
				argsType: SetName.getTypeScriptAlgebraicType(),
			},
			[schema.sendMessage]: {
				reducerName: schema.sendMessage,
				argsType: SendMessage.getTypeScriptAlgebraicType(),
			},
		},
		// The generated one copies the whole connection for each message; ours needs the event only.
		eventContextConstructor: (_connection, event: unknown) => ({ event }),
	};
}
