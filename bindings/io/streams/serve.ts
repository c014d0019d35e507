// Servers whose connections are pairs of streams.
import { checkCallback } from "../../errors/checks.js";
import { getRunningLoop } from "../../loop/running.js";
import type { EventLoop } from "../../loop/eventLoop.js";
import type { Steps } from "../../tasks/awaitable.js";
import { coroutine, type Coroutine } from "../../tasks/coroutine.js";
import type { ListeningOptions, ServerOptions } from "../server/serverOptions.js";
import type { Server } from "../server/server.js";
import { checkLimit, DEFAULT_LIMIT, StreamReader } from "./reader.js";
import { StreamReaderProtocol, type ClientConnected } from "./readerProtocol.js";

export interface StartServerOptions extends ServerOptions {
  /** The limit of each connection's reader in bytes, see StreamReader. Default 65,536. */
  limit?: number;
}

export interface StartUnixServerOptions extends ListeningOptions {
  /** The limit of each connection's reader in bytes, see StreamReader. Default 65,536. */
  limit?: number;
}

/** How a server is made: by a method of the loop. */
type Listen = (loop: EventLoop, protocolFactory: () => StreamReaderProtocol) => Coroutine<Server>;

/**
 * Listens, and calls `clientConnected(reader, writer)` for each connection; what a coroutine function or an async function
 * makes of that runs as a task, whose failure is reported to the loop's exception handler and closes the connection. The
 * options are those of `loop.createServer`.
 */
export function startServer(
  clientConnected: ClientConnected,
  host?: string | readonly string[] | null,
  port?: number | string | null,
  options: StartServerOptions = {},
): Coroutine<Server> {
  checkCallback(clientConnected, "startServer");
  const { limit = DEFAULT_LIMIT, ...rest } = options;
  return serve((loop, factory) => loop.createServer(factory, host, port, rest), clientConnected, checkLimit(limit));
}

/** startServer on a unix socket. */
export function startUnixServer(
  clientConnected: ClientConnected,
  path: string | URL,
  options: StartUnixServerOptions = {},
): Coroutine<Server> {
  checkCallback(clientConnected, "startUnixServer");
  const { limit = DEFAULT_LIMIT, ...rest } = options;
  return serve((loop, factory) => loop.createUnixServer(factory, path, rest), clientConnected, checkLimit(limit));
}

const serve = coroutine(function* (listen: Listen, clientConnected: ClientConnected, limit: number): Steps<Server> {
  const loop = getRunningLoop();
  return yield* listen(
    loop,
    () => new StreamReaderProtocol(new StreamReader({ limit, loop }), clientConnected, { loop }),
  );
});
