// Unix sockets: the same transports and servers, found by a path.
import type { Socket } from "node:net";
import { checkCallback, describe } from "../../errors/checks.js";
import { ValueError } from "../../errors/errors.js";
import { osErrorOf } from "../../errors/hostError.js";
import type { EventLoop } from "../../loop/eventLoop.js";
import type { Steps } from "../../tasks/awaitable.js";
import { coroutine } from "../../tasks/coroutine.js";
import type { UnixEnds } from "../host/address.js";
import { HostOperation } from "../host/hostOperation.js";
import { takeOver } from "../host/takeOver.js";
import { builtin } from "../host/builtin.js";
import type { StreamLike } from "../host/streams.js";
import type { BaseProtocol } from "../protocols/protocol.js";
import { startClientTls } from "../tls/handshake.js";
import { checkClientSsl } from "../tls/options.js";
import type { ClientSslOptions } from "../tls/sslOptions.js";
import type { Transport } from "../transports/transport.js";
import { connectSocket, destroy } from "./connectSocket.js";
import { makeProtocol, makeSocketTransport, waitUntilMade } from "./makeTransport.js";

export interface UnixConnectionOptions extends ClientSslOptions {
  /** A connected stream of the host to use instead of a path. */
  sock?: StreamLike | null;
}

export function checkPath(path: unknown, where: string): string {
  if (typeof path === "string" && path !== "") return path;
  if (path instanceof URL && path.protocol === "file:") return decodeURIComponent(path.pathname);
  throw new TypeError(`${where} expects the path of a unix socket, got ${describe(path)}`);
}

/** The ends of a unix socket as its client knows them, or as its server does. */
export function unixEnds(path: string, isServer: boolean): UnixEnds {
  const [here, there] = isServer ? [path, ""] : ["", path];
  return { sockname: { path: here }, peername: { path: there } };
}

/** As createConnection(), to the unix socket at `path`. FileNotFoundError when there is none. */
export const createUnixConnection = coroutine(function* <P extends BaseProtocol>(
  this: EventLoop,
  protocolFactory: () => P,
  path: string | URL | null = null,
  options: UnixConnectionOptions = {},
): Steps<[transport: Transport, protocol: P]> {
  checkCallback(protocolFactory, "createUnixConnection");
  const tls = checkClientSsl(options, null);
  const { sock } = options;
  if (path !== null && sock) throw new ValueError("path and sock can not be specified at the same time");
  if (path === null && !sock) throw new ValueError("no path and sock were specified");
  const place = path === null ? "" : checkPath(path, "createUnixConnection");
  const socket = sock ? (sock as unknown as Socket) : yield* takeOver(connectSocket(this, { path: place }), destroy);
  const protocol = makeProtocol(socket, protocolFactory);
  const unix = unixEnds(place, false);
  if (tls !== null) return [yield* startClientTls(this, socket, protocol, tls, unix), protocol];
  const waiter = this.createFuture<void>();
  return [yield* waitUntilMade(makeSocketTransport(this, socket, protocol, waiter, { unix }), waiter), protocol];
});

/** Takes away the socket that a server of the same path has left behind. Another kind of file is not touched. */
export const removeStaleSocket = coroutine(function* (loop: EventLoop, path: string): Steps<void> {
  if (path.startsWith("\0")) return;
  const { promises } = builtin("node:fs");
  const operation = new HostOperation<void>(loop);
  const remove = async (): Promise<void> => {
    if ((await promises.stat(path)).isSocket()) await promises.unlink(path);
  };
  remove().then(
    () => operation.succeed(undefined),
    (error: unknown) => {
      const failure = osErrorOf(error);
      if (failure.code === "ENOENT") operation.succeed(undefined);
      else operation.fail(failure);
    },
  );
  yield* operation.future;
});
