// What hosts do differently, where no look at the stream itself tells.

/**
 * Deno (seen in 2.9.6) does not tell the end of a TLS connection that was paused when it came. There such a socket is
 * never paused: what arrives meanwhile waits here, and the peer is not slowed down.
 */
export const mayPauseTls: boolean = (globalThis as { Deno?: unknown }).Deno === undefined;

/** In Deno (seen in 2.9.6) the stream to a child's standard input reads as soon as somebody listens for data, and fails. */
export const readsChildInput: boolean = (globalThis as { Deno?: unknown }).Deno !== undefined;
