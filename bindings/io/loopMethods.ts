// The loop's methods that come with `wasyncio/io`, as EventLoop declares them.
import type { Coroutine } from "../tasks/coroutine.js";
import type { ConnectionOptions } from "./connect/createConnection.js";
import type { AddressLike, SocketAddress } from "./host/address.js";
import type { LookupOptions } from "./host/resolve.js";
import type { BaseProtocol } from "./protocols/protocol.js";
import type { ServerOptions } from "./server/createServer.js";
import type { Server } from "./server/server.js";
import type { Transport } from "./transports/transport.js";

export interface IoMethods {
  /**
   * Connects to `host` and `port`, or uses `options.sock`, and lets the protocol that `protocolFactory` makes have the
   * connection: `[transport, protocol]` once its connectionMade() has been called.
   */
  createConnection<P extends BaseProtocol>(
    protocolFactory: () => P,
    host?: string | null,
    port?: number | string | null,
    options?: ConnectionOptions,
  ): Coroutine<[transport: Transport, protocol: P]>;

  /** A server for connections to `host` at `port`; each connection gets a protocol from `protocolFactory`. */
  createServer(
    protocolFactory: () => BaseProtocol,
    host?: string | readonly string[] | null,
    port?: number | string | null,
    options?: ServerOptions,
  ): Coroutine<Server>;

  /** The addresses of `host`, each with `port`. */
  getaddrinfo(host: string | null, port?: number | string | null, options?: LookupOptions): Coroutine<SocketAddress[]>;

  /** `[host, service]` of an address: the names that the system knows for it. */
  getnameinfo(address: AddressLike): Coroutine<[host: string, service: string]>;
}
