/** Constants of the rooms module that are needed outside of `src/extension/database`. */
export {
	DEFAULT_MESSAGE_LENGTH,
	DEFAULT_NAME_LENGTH,
	LOBBY,
	MAX_REASON_LENGTH,
	MAX_ROOM_NAME_LENGTH,
	MAX_STATUS_LENGTH,
	MAX_TOPIC_LENGTH,
	PAGE_SIZE,
	ROLE_OWNER,
} from "../module_bindings/client.generated";
