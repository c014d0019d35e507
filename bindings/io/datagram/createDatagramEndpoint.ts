import type { Socket, SocketType } from "node:dgram";
import { checkCallback } from "../../errors/checks.js";
import { ValueError } from "../../errors/errors.js";
import { OSError } from "../../errors/osError.js";
import type { Future } from "../../futures/future.js";
import type { EventLoop } from "../../loop/eventLoop.js";
import type { Steps } from "../../tasks/awaitable.js";
import { coroutine, type Coroutine } from "../../tasks/coroutine.js";
import {
  checkFamily,
  parseAddress,
  socketAddress,
  type AddressLike,
  type FamilyLike,
  type SocketAddress,
} from "../host/address.js";
import { waitUntilMade } from "../connect/makeTransport.js";
import { builtin } from "../host/builtin.js";
import { HostOperation } from "../host/hostOperation.js";
import { takeOver } from "../host/takeOver.js";
import { resolveHost } from "../host/resolve.js";
import type { DatagramProtocol } from "../protocols/datagramProtocol.js";
import type { BaseProtocol } from "../protocols/protocol.js";
import type { DatagramTransport } from "../transports/otherTransports.js";
import { SocketDatagramTransport } from "./datagramTransport.js";

export interface DatagramOptions {
  /** Where to receive. */
  localAddr?: AddressLike | null;
  /** The only peer: where all is sent, and from where alone is received. */
  remoteAddr?: AddressLike | null;
  /** Only addresses of this family; needed when there is no address at all. */
  family?: FamilyLike;
  /** Several sockets may be bound to the same address, where the host can do that. */
  reusePort?: boolean;
  /** May send to a broadcast address. */
  allowBroadcast?: boolean;
}

/** Which addresses go together; either may be missing. */
interface Pair {
  readonly family: "IPv4" | "IPv6";
  readonly local: SocketAddress | null;
  readonly remote: SocketAddress | null;
}

function readArguments(first: unknown, remoteAddr: unknown, options: DatagramOptions): DatagramOptions {
  const isAddress =
    first === null ||
    first === undefined ||
    Array.isArray(first) ||
    typeof (first as { port?: unknown }).port === "number";
  if (!isAddress) return first as DatagramOptions;
  return {
    ...options,
    ...(first ? { localAddr: first as AddressLike } : {}),
    ...(remoteAddr ? { remoteAddr: remoteAddr as AddressLike } : {}),
  };
}

/**
 * A socket for datagrams, bound to `localAddr`, with `remoteAddr` as its only peer, or both: `[transport, protocol]`. Takes
 * options, or `localAddr, remoteAddr, options` as asyncio does.
 */
export const createDatagramEndpoint = coroutine(function* (
  this: EventLoop,
  protocolFactory: () => BaseProtocol,
  localAddr?: unknown,
  remoteAddr?: unknown,
  more: DatagramOptions = {},
): Steps<[transport: DatagramTransport, protocol: BaseProtocol]> {
  checkCallback(protocolFactory, "createDatagramEndpoint");
  const options = readArguments(localAddr, remoteAddr, more);
  const pairs = yield* addressPairs(this, options);
  let failure: unknown;
  for (const pair of pairs) {
    let socket: Socket;
    try {
      socket = yield* takeOver(openSocket(this, pair, options), (opened) => void opened.close());
    } catch (error) {
      if (!(error instanceof OSError)) throw error;
      failure ??= error;
      continue;
    }
    return yield* makeEndpoint(this, socket, protocolFactory, pair, options.allowBroadcast !== true);
  }
  throw failure;
}) as {
  <P extends BaseProtocol>(
    this: EventLoop,
    protocolFactory: () => P,
    ...rest: unknown[]
  ): Coroutine<[DatagramTransport, P]>;
};

const addressPairs = coroutine(function* (loop: EventLoop, options: DatagramOptions): Steps<Pair[]> {
  const family = checkFamily(options.family, "createDatagramEndpoint");
  const { localAddr = null, remoteAddr = null } = options;
  if (localAddr === null && remoteAddr === null) {
    if (family === 0) throw new ValueError("unexpected address family: without an address, say 4 or 6");
    return [{ family: family === 4 ? "IPv4" : "IPv6", local: null, remote: null }];
  }
  const locals = localAddr === null ? [null] : yield* resolve(loop, localAddr, "localAddr", family);
  const remotes = remoteAddr === null ? [null] : yield* resolve(loop, remoteAddr, "remoteAddr", family);
  const pairs: Pair[] = [];
  for (const local of locals) {
    for (const remote of remotes) {
      if (local !== null && remote !== null && local.family !== remote.family) continue;
      pairs.push({ family: (local ?? remote)!.family, local, remote });
    }
  }
  if (pairs.length === 0)
    throw new ValueError("can not get address information: the two addresses have no family in common");
  return pairs;
});

const resolve = coroutine(function* (
  loop: EventLoop,
  given: AddressLike,
  name: string,
  family: 0 | 4 | 6,
): Steps<SocketAddress[]> {
  const { host, port } = parseAddress(given, name);
  return yield* resolveHost(loop, host === "" ? (family === 6 ? "::" : "0.0.0.0") : host, port, family);
});

/** Bound, and connected if there is a peer. */
function openSocket(loop: EventLoop, { family, local, remote }: Pair, options: DatagramOptions): Future<Socket> {
  const type: SocketType = family === "IPv4" ? "udp4" : "udp6";
  const more = options.reusePort === true ? { reusePort: true } : {};
  const socket = builtin("node:dgram").createSocket({ type, ...more });
  const operation = new HostOperation<Socket>(loop, () => socket.close());
  const onError = (error: unknown): void => {
    if (operation.fail(error)) socket.close();
  };
  const finish = (): void => {
    socket.off("error", onError);
    if (options.allowBroadcast === true) socket.setBroadcast(true);
    operation.succeed(socket);
  };
  const connect = (): void => {
    if (remote === null || options.allowBroadcast === true) finish();
    // Hosts tell a failure to connect here or by an event.
    else
      socket.connect(remote.port, remote.address, ((error?: unknown) =>
        error ? onError(error) : finish()) as () => void);
  };
  socket.on("error", onError);
  try {
    if (local === null) socket.bind({ port: 0 }, connect);
    else socket.bind({ port: local.port, address: local.address }, connect);
  } catch (error) {
    onError(error);
  }
  return operation.future;
}

const makeEndpoint = coroutine(function* (
  loop: EventLoop,
  socket: Socket,
  protocolFactory: () => BaseProtocol,
  { remote }: Pair,
  isConnected: boolean,
): Steps<[transport: DatagramTransport, protocol: BaseProtocol]> {
  let protocol: BaseProtocol;
  try {
    protocol = protocolFactory();
  } catch (error) {
    socket.close();
    throw error;
  }
  const { address, port } = socket.address();
  const extra = { sockname: socketAddress(address, port), peername: remote, socket };
  const transport = new SocketDatagramTransport(
    loop,
    socket,
    protocol as DatagramProtocol,
    remote,
    remote !== null && isConnected,
    extra,
  );
  const waiter = loop.createFuture<void>();
  transport._begin(waiter);
  return [yield* waitUntilMade(transport, waiter), protocol];
});
