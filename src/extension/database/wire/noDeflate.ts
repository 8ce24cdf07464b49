/*
 * Replaces the part of `ws` that compresses messages in the bundle. The socket never offers this compression,
 * because the server compresses frames itself. `ws` refuses a server that uses it without an offer.
 */
export const extensionName = "permessage-deflate";
