// `wasyncio/io`: named re-exports only. Importing it gives the event loop its I/O methods.
import "./io/bindLoop.js";

// Protocols
export { DatagramProtocol } from "./io/protocols/datagramProtocol.js";
export { BaseProtocol, BufferedProtocol, Protocol } from "./io/protocols/protocol.js";
export { SubprocessProtocol } from "./io/protocols/subprocessProtocol.js";

// Transports
export { DatagramTransport, SubprocessTransport } from "./io/transports/otherTransports.js";
export {
  BaseTransport,
  ReadTransport,
  Transport,
  WriteTransport,
  type WriteBufferLimits,
} from "./io/transports/transport.js";

// Addresses and streams of the host
export type { AddressLike, FamilyLike, SocketAddress, UnixAddress } from "./io/host/address.js";
export type { LookupOptions } from "./io/host/resolve.js";
export type { ReadableLike, StreamLike, WritableLike } from "./io/host/streams.js";

// Connections and servers
export type { ConnectionOptions } from "./io/connect/createConnection.js";
export type { FileHandleLike, FileLike, SendfileOptions } from "./io/connect/sendfile.js";
export type { UnixConnectionOptions } from "./io/connect/unix.js";
export type { DatagramOptions } from "./io/datagram/createDatagramEndpoint.js";
export type { PipeLike } from "./io/pipes/connectPipes.js";
export type { ListeningOptions, ServerOptions } from "./io/server/serverOptions.js";
export { Server } from "./io/server/server.js";
export type { StartTlsOptions } from "./io/tls/startTls.js";
export type { ClientSslOptions, SslOptions, TlsTimeouts } from "./io/tls/sslOptions.js";

// Child processes and signals
export type { SignalLike } from "./io/signals/signalLike.js";
export {
  createSubprocessExec,
  createSubprocessShell,
  type CreateSubprocessOptions,
} from "./io/subprocess/createSubprocess.js";
export type { ChildStream, SubprocessOptions } from "./io/subprocess/subprocessOptions.js";
export { Process } from "./io/subprocess/process.js";

// Streams
export {
  openConnection,
  openUnixConnection,
  type OpenConnectionOptions,
  type OpenUnixConnectionOptions,
} from "./io/streams/open.js";
export { StreamReader, type PausableTransport, type StreamReaderOptions } from "./io/streams/reader.js";
export { StreamReaderProtocol, type ClientConnected } from "./io/streams/readerProtocol.js";
export {
  startServer,
  startUnixServer,
  type StartServerOptions,
  type StartUnixServerOptions,
} from "./io/streams/serve.js";
export { StreamWriter } from "./io/streams/writer.js";
