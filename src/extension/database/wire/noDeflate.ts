/*
 * Stands in the bundle for the part of `ws` that compresses messages: our socket never offers that (the
 * server compresses frames itself), and an answer that has it anyway is refused before it is used.
 */
export const extensionName = "permessage-deflate";
