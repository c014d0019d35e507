// The loop's methods that come with `wasyncio/io`, as EventLoop declares them.
import type { Coroutine } from "../tasks/coroutine.js";
import type { ConnectionOptions } from "./connect/createConnection.js";
import type { FileLike, SendfileOptions } from "./connect/sendfile.js";
import type { UnixConnectionOptions } from "./connect/unix.js";
import type { DatagramOptions } from "./datagram/createDatagramEndpoint.js";
import type { AddressLike, SocketAddress } from "./host/address.js";
import type { LookupOptions } from "./host/resolve.js";
import type { ReadableLike, WritableLike } from "./host/streams.js";
import type { PipeLike } from "./pipes/connectPipes.js";
import type { BaseProtocol } from "./protocols/protocol.js";
import type { ListeningOptions, ServerOptions } from "./server/serverOptions.js";
import type { SubprocessProtocol } from "./protocols/subprocessProtocol.js";
import type { Server } from "./server/server.js";
import type { SignalLike } from "./signals/signalLike.js";
import type { SubprocessOptions } from "./subprocess/subprocessOptions.js";
import type { SslOptions } from "./tls/sslOptions.js";
import type { StartTlsOptions } from "./tls/startTls.js";
import type { DatagramTransport, SubprocessTransport } from "./transports/otherTransports.js";
import type { ReadTransport, Transport, WriteTransport } from "./transports/transport.js";

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

  /** As createConnection(), to the unix socket at `path`. */
  createUnixConnection<P extends BaseProtocol>(
    protocolFactory: () => P,
    path?: string | URL | null,
    options?: UnixConnectionOptions,
  ): Coroutine<[transport: Transport, protocol: P]>;

  /** As createServer(), at the unix socket `path`. */
  createUnixServer(
    protocolFactory: () => BaseProtocol,
    path: string | URL,
    options?: ListeningOptions,
  ): Coroutine<Server>;

  /** A socket for datagrams: bound to `localAddr`, or connected to `remoteAddr`, or both. */
  createDatagramEndpoint<P extends BaseProtocol>(
    protocolFactory: () => P,
    options: DatagramOptions,
  ): Coroutine<[transport: DatagramTransport, protocol: P]>;
  createDatagramEndpoint<P extends BaseProtocol>(
    protocolFactory: () => P,
    localAddr?: AddressLike | null,
    remoteAddr?: AddressLike | null,
    options?: DatagramOptions,
  ): Coroutine<[transport: DatagramTransport, protocol: P]>;

  /** Lets a protocol have what arrives from a Readable of the host, a file descriptor or a path. */
  connectReadPipe<P extends BaseProtocol>(
    protocolFactory: () => P,
    pipe: ReadableLike | PipeLike,
  ): Coroutine<[transport: ReadTransport, protocol: P]>;

  /** Lets a protocol write to a Writable of the host, a file descriptor or a path. */
  connectWritePipe<P extends BaseProtocol>(
    protocolFactory: () => P,
    pipe: WritableLike | PipeLike,
  ): Coroutine<[transport: WriteTransport, protocol: P]>;

  /** Upgrades a plain connection to TLS; gives the transport that takes the place of `transport`. */
  startTls(
    transport: Transport,
    protocol: BaseProtocol,
    ssl: true | SslOptions,
    options?: StartTlsOptions,
  ): Coroutine<Transport>;

  /** Sends `file`, or `count` bytes of it from `offset` on; gives how many bytes were sent. */
  sendfile(
    transport: WriteTransport,
    file: FileLike,
    offset?: number,
    count?: number | null,
    options?: SendfileOptions,
  ): Coroutine<number>;

  /** Calls back in each iteration in which the Readable has something to `read()`, and once at its end. */
  addReader<A extends unknown[]>(stream: ReadableLike, callback: (...args: A) => unknown, ...args: A): void;
  /** Whether there was a callback to take away. */
  removeReader(stream: ReadableLike): boolean;
  /** Calls back in each iteration in which the Writable takes more. */
  addWriter<A extends unknown[]>(stream: WritableLike, callback: (...args: A) => unknown, ...args: A): void;
  /** Whether there was a callback to take away. */
  removeWriter(stream: WritableLike): boolean;

  /** The addresses of `host`, each with `port`. */
  getaddrinfo(host: string | null, port?: number | string | null, options?: LookupOptions): Coroutine<SocketAddress[]>;

  /** `[host, service]` of an address: the names that the system knows for it. */
  getnameinfo(address: AddressLike): Coroutine<[host: string, service: string]>;

  /**
   * Starts `program`, which is searched for in PATH unless it has a slash, and lets a protocol have its pipes and its end:
   * `[transport, protocol]` once connectionMade() has been called. Streams are pipes unless `options` says otherwise.
   * FileNotFoundError, PermissionError and the like when it cannot be started.
   */
  subprocessExec<P extends SubprocessProtocol>(
    protocolFactory: () => P,
    program: string,
    args?: readonly string[],
    options?: SubprocessOptions,
  ): Coroutine<[transport: SubprocessTransport, protocol: P]>;

  /** As subprocessExec(), with the system's shell on `command`. */
  subprocessShell<P extends SubprocessProtocol>(
    protocolFactory: () => P,
    command: string,
    options?: SubprocessOptions,
  ): Coroutine<[transport: SubprocessTransport, protocol: P]>;

  /**
   * Calls `callback` in an iteration of the loop, in the context of this call, whenever the process gets the signal, which
   * does nothing else then; a handler that the loop had for it is replaced. It stays until it is removed or the loop
   * closes. RuntimeError outside of the main thread, and for SIGKILL and SIGSTOP.
   */
  addSignalHandler<A extends unknown[]>(signal: SignalLike, callback: (...args: A) => unknown, ...args: A): void;
  /** The signal does again what it does by default. Whether there was a handler of this loop. */
  removeSignalHandler(signal: SignalLike): boolean;
}
