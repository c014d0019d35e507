import type { EventLoop } from "../../loop/eventLoop.js";
import type { Steps } from "../../tasks/awaitable.js";
import { coroutine } from "../../tasks/coroutine.js";
import { checkPath, removeStaleSocket, unixEnds } from "../connect/unix.js";
import type { BaseProtocol } from "../protocols/protocol.js";
import { prepareServing, serve } from "./createServer.js";
import type { ListeningOptions } from "./serverOptions.js";
import type { Server } from "./server.js";

/**
 * As createServer(), at the unix socket `path`, which it makes; a socket that another server has left there is replaced.
 * close() removes it.
 */
export const createUnixServer = coroutine(function* (
  this: EventLoop,
  protocolFactory: () => BaseProtocol,
  path: string | URL,
  options: ListeningOptions = {},
): Steps<Server> {
  const serving = prepareServing(protocolFactory, options, "createUnixServer");
  const place = checkPath(path, "createUnixServer");
  yield* removeStaleSocket(this, place);
  const accepting = { ...serving.accepting, unix: unixEnds(place, true) };
  return yield* serve(this, { ...serving, accepting }, [{ path: place }], options);
});
