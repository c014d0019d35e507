import type { ListenOptions, Server as HostServer, Socket } from "node:net";
import { checkCallback, checkInteger, describe } from "../../errors/checks.js";
import { ValueError } from "../../errors/errors.js";
import { OSError } from "../../errors/osError.js";
import type { EventLoop } from "../../loop/eventLoop.js";
import type { Steps } from "../../tasks/awaitable.js";
import { coroutine } from "../../tasks/coroutine.js";
import { sleep } from "../../tasks/sleep.js";
import { checkFamily, checkPort } from "../host/address.js";
import { builtin } from "../host/builtin.js";
import { resolveHost } from "../host/resolve.js";
import type { BaseProtocol } from "../protocols/protocol.js";
import { checkTimeouts, serverTls } from "../tls/options.js";
import { acceptor, type Accepting } from "./accept.js";
import type { Listener } from "./listener.js";
import { Server } from "./server.js";
import type { ListeningOptions, ServerOptions } from "./serverOptions.js";

/** Everything about a server but its addresses. */
export interface Serving {
  readonly accepting: Accepting;
  readonly makeHost: (onConnection: (socket: Socket) => void) => HostServer;
}

const BACKLOG = 100;

/** Checks what the options say, before anything is opened. */
export function prepareServing(
  protocolFactory: () => BaseProtocol,
  options: ListeningOptions & { keepAlive?: boolean },
  where: string,
): Serving {
  checkCallback(protocolFactory, where);
  if (options.backlog !== undefined) checkInteger(options.backlog, "backlog");
  const isTls = options.ssl !== undefined && options.ssl !== null;
  const { handshakeMs, shutdownMs } = checkTimeouts(options, isTls);
  const common = { allowHalfOpen: !isTls, pauseOnConnect: !isTls, keepAlive: options.keepAlive === true };
  if (!isTls) {
    return { accepting: { protocolFactory }, makeHost: (accept) => builtin("node:net").createServer(common, accept) };
  }
  const tlsOptions = { ...serverTls(options.ssl, where), ...common, handshakeTimeout: handshakeMs };
  return {
    accepting: { protocolFactory, tls: { sslcontext: options.ssl, shutdownMs } },
    makeHost: (accept) => builtin("node:tls").createServer(tlsOptions, accept),
  };
}

/** A server that listens as each of `places` says, unless that is to wait. */
export function* serve(
  loop: EventLoop,
  serving: Serving,
  places: readonly ListenOptions[],
  { backlog = BACKLOG, startServing = true }: ListeningOptions,
): Steps<Server> {
  const accept = acceptor(loop, () => server, serving.accepting);
  const listeners = places.map((place): Listener => ({
    host: serving.makeHost(accept),
    options: { ...place, backlog },
    isOptional: places.length > 1,
  }));
  const server: Server = new Server(loop, listeners);
  if (!startServing) return server;
  try {
    yield* server._listen();
    yield* sleep(0);
  } catch (error) {
    server.close();
    throw error;
  }
  return server;
}

/**
 * A server for connections to `host` (a name, an address, a list of them, or `null` for every interface) at `port`, 0 for
 * a free one; it listens once this is awaited. Each connection gets a protocol from `protocolFactory`. OSError when an
 * address can not be used, and then none is.
 */
export const createServer = coroutine(function* (
  this: EventLoop,
  protocolFactory: () => BaseProtocol,
  host: string | readonly string[] | null = null,
  port: number | string | null = null,
  options: ServerOptions = {},
): Steps<Server> {
  const serving = prepareServing(protocolFactory, options, "createServer");
  if (host === null && port === null) throw new ValueError("Neither host/port nor sock were specified");
  const family = checkFamily(options.family, "createServer");
  const number = checkPort(port ?? 0, "createServer");
  const places: ListenOptions[] = [];
  for (const name of hostList(host)) {
    const found = name === null ? anyAddress(family) : yield* resolveHost(this, name, number, family);
    for (const { address } of found) {
      if (places.some((place) => place.host === address)) continue;
      const isV6 = address.includes(":");
      places.push({
        host: address,
        port: number,
        ...(isV6 ? { ipv6Only: true } : {}),
        ...(options.reusePort === true ? { reusePort: true } : {}),
      });
    }
  }
  if (places.length === 0) throw new OSError("createServer found no address to listen at");
  return yield* serve(this, serving, places, options);
});

function hostList(host: unknown): readonly (string | null)[] {
  if (host === null || host === "") return [null];
  if (typeof host === "string") return [host];
  if (Array.isArray(host) && host.every((each) => typeof each === "string")) return host as string[];
  throw new TypeError(`createServer expects a host, a list of hosts or null, got ${describe(host)}`);
}

function anyAddress(family: 0 | 4 | 6): { address: string }[] {
  const all = [{ address: "0.0.0.0" }, { address: "::" }];
  if (family === 4) return all.slice(0, 1);
  return family === 6 ? all.slice(1) : all;
}
