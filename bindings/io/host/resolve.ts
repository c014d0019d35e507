// Names to addresses and back.
import { OSError } from "../../errors/osError.js";
import type { Future } from "../../futures/future.js";
import type { EventLoop } from "../../loop/eventLoop.js";
import type { Steps } from "../../tasks/awaitable.js";
import { coroutine } from "../../tasks/coroutine.js";
import {
  checkFamily,
  checkPort,
  parseAddress,
  socketAddress,
  type AddressLike,
  type FamilyLike,
  type SocketAddress,
} from "./address.js";
import { builtin } from "./builtin.js";
import { HostOperation } from "./hostOperation.js";

export interface LookupOptions {
  /** Only addresses of this family. */
  family?: FamilyLike;
}

function lookup(loop: EventLoop, host: string, family: 0 | 4 | 6): Future<{ address: string }[]> {
  const operation = new HostOperation<{ address: string }[]>(loop);
  builtin("node:dns").lookup(host, { all: true, family, verbatim: true }, (error, found) => {
    if (error === null) operation.succeed(found);
    else operation.fail(error);
  });
  return operation.future;
}

/** The addresses of a host, in the order in which the system names them; at least one. */
export const resolveHost = coroutine(function* (
  loop: EventLoop,
  host: string,
  port: number,
  family: 0 | 4 | 6,
): Steps<SocketAddress[]> {
  const version = builtin("node:net").isIP(host);
  if (version !== 0 && (family === 0 || family === version)) return [socketAddress(host, port)];
  const found = yield* lookup(loop, host, family);
  if (found.length === 0) throw new OSError(`getaddrinfo found no address for ${host}`, { code: "ENOTFOUND" });
  return found.map(({ address }) => socketAddress(address, port));
});

/** The addresses of `host`, each with `port`. */
export const getaddrinfo = coroutine(function* (
  this: EventLoop,
  host: string | null,
  port: number | string | null = 0,
  options: LookupOptions = {},
): Steps<SocketAddress[]> {
  const family = checkFamily(options.family, "getaddrinfo");
  const number = checkPort(port ?? 0, "getaddrinfo");
  return yield* resolveHost(this, host === null || host === "" ? "localhost" : host, number, family);
});

/** `[host, service]` of an address: the names that the system knows for it. */
export const getnameinfo = coroutine(function* (
  this: EventLoop,
  address: AddressLike,
): Steps<[host: string, service: string]> {
  const { host, port } = parseAddress(address, "getnameinfo");
  const operation = new HostOperation<[string, string]>(this);
  builtin("node:dns").lookupService(host, port, (error, hostname, service) => {
    if (error === null) operation.succeed([hostname, service]);
    else operation.fail(error);
  });
  return yield* operation.future;
});
