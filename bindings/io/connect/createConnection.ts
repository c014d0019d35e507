import type { NetConnectOpts, Socket } from "node:net";
import { checkCallback, checkMilliseconds } from "../../errors/checks.js";
import { ValueError } from "../../errors/errors.js";
import type { EventLoop } from "../../loop/eventLoop.js";
import type { Steps } from "../../tasks/awaitable.js";
import { coroutine } from "../../tasks/coroutine.js";
import {
  checkFamily,
  checkPort,
  parseAddress,
  type AddressLike,
  type FamilyLike,
  type SocketAddress,
} from "../host/address.js";
import { resolveHost } from "../host/resolve.js";
import { takeOver } from "../host/takeOver.js";
import type { BaseProtocol } from "../protocols/protocol.js";
import { checkClientSsl } from "../tls/options.js";
import type { ClientSslOptions } from "../tls/sslOptions.js";
import { startClientTls } from "../tls/handshake.js";
import type { StreamLike } from "../host/streams.js";
import type { Transport } from "../transports/transport.js";
import { connectSocket, destroy } from "./connectSocket.js";
import { interleave } from "./interleave.js";
import { makeProtocol, makeSocketTransport, waitUntilMade } from "./makeTransport.js";
import { raceConnect } from "./race.js";

export interface ConnectionOptions extends ClientSslOptions {
  /** Only addresses of this family. */
  family?: FamilyLike;
  /** A connected stream of the host to use instead of a host and port: a Socket, or any Duplex. */
  sock?: StreamLike | null;
  /** Where to connect from. */
  localAddr?: AddressLike | null;
  /** Milliseconds after which the next address is tried as well; `null` (the default) waits for each to fail. */
  happyEyeballsDelay?: number | null;
  /** How many addresses of the first family come before the families take turns; with a delay 1, else none do. */
  interleave?: number | null;
  /** Fail with an ExceptionGroup of what each address has failed with. */
  allErrors?: boolean;
}

/**
 * Connects to `host` and `port`, or uses `options.sock`, and lets the protocol that `protocolFactory` makes have the
 * connection: `[transport, protocol]` once its connectionMade() has been called. OSError when no address answers.
 */
export const createConnection = coroutine(function* <P extends BaseProtocol>(
  this: EventLoop,
  protocolFactory: () => P,
  host: string | null = null,
  port: number | string | null = null,
  options: ConnectionOptions = {},
): Steps<[transport: Transport, protocol: P]> {
  checkCallback(protocolFactory, "createConnection");
  const tls = checkClientSsl(options, host);
  const isNamed = host !== null || port !== null;
  const { sock } = options;
  if (isNamed && sock) throw new ValueError("host/port and sock can not be specified at the same time");
  if (!isNamed && !sock) throw new ValueError("host and port was not specified and no sock specified");
  const socket = isNamed ? yield* connectTo(this, host, port, options) : (sock as unknown as Socket);
  const protocol = makeProtocol(socket, protocolFactory);
  if (tls !== null) return [yield* startClientTls(this, socket, protocol, tls), protocol];
  const waiter = this.createFuture<void>();
  return [yield* waitUntilMade(makeSocketTransport(this, socket, protocol, waiter), waiter), protocol];
});

const connectTo = coroutine(function* (
  loop: EventLoop,
  host: string | null,
  port: number | string | null,
  options: ConnectionOptions,
): Steps<Socket> {
  const family = checkFamily(options.family, "createConnection");
  const delay = options.happyEyeballsDelay ?? null;
  if (delay !== null) checkMilliseconds(delay, "happyEyeballsDelay");
  const number = checkPort(port, "createConnection");
  const local = options.localAddr ? parseAddress(options.localAddr, "localAddr") : null;
  let addresses = yield* resolveHost(loop, host === null || host === "" ? "localhost" : host, number, family);
  const locals = local === null ? null : yield* resolveHost(loop, local.host, local.port, family);
  const first = options.interleave ?? (delay === null ? 0 : 1);
  if (first > 0) addresses = interleave(addresses, first);
  const attempts = addresses.map((address) => () => connectSocket(loop, targetOf(address, locals)));
  return yield* takeOver(raceConnect(loop, attempts, { delay, allErrors: options.allErrors === true }), destroy);
});

function targetOf(address: SocketAddress, locals: readonly SocketAddress[] | null): NetConnectOpts {
  const target = { host: address.address, port: address.port };
  if (locals === null) return target;
  const local = locals.find(({ family }) => family === address.family) ?? locals[0]!;
  return { ...target, localAddress: local.address, ...(local.port === 0 ? {} : { localPort: local.port }) };
}
