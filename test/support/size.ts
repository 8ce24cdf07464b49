/** True if the suites run at their full size, which takes too long for every change. */
export const isSoak = process.env["SPACETIMEDB_CHAT_SOAK"] === "1";
