// Connections in workerd: there are no sockets of Node, but `cloudflare:sockets`, which the package's entry for workerd
// brings.
import { isCancelled } from "../../errors/cancelledError.js";
import { ValueError } from "../../errors/errors.js";
import { ConnectionError, ConnectionResetError } from "../../errors/osErrors.js";
import { wrapFuture } from "../../futures/interop.js";
import { getRunningLoop } from "../../loop/running.js";
import type { Steps } from "../../tasks/awaitable.js";
import { coroutine } from "../../tasks/coroutine.js";
import type { ConnectionOptions } from "../connect/createConnection.js";
import { checkPort, type SocketAddress } from "../host/address.js";
import { StreamReader } from "./reader.js";
import { StreamReaderProtocol } from "./readerProtocol.js";
import { WebTransport } from "./webTransport.js";
import { StreamWriter } from "./writer.js";

/** A socket of workerd, as far as it is used here. */
interface EdgeSocket {
  readonly readable: ReadableStream<Uint8Array>;
  readonly writable: WritableStream<Uint8Array>;
  readonly opened: Promise<{ readonly remoteAddress?: string; readonly localAddress?: string }>;
  close(): Promise<void>;
}

type EdgeConnect = (
  address: { readonly hostname: string; readonly port: number },
  options: { readonly secureTransport: "on" | "off"; readonly allowHalfOpen: boolean },
) => EdgeSocket;

let connect: EdgeConnect | null = null;

/** Called by the package's entry for workerd. */
export function provideSockets(given: EdgeConnect): void {
  connect = given;
}

/** How to connect here, where this is workerd. */
export function edgeConnect(): EdgeConnect | null {
  return connect;
}

/** What workerd's sockets can not be told. */
const UNKNOWN = ["sock", "localAddr", "family", "allErrors", "sslHandshakeTimeout", "sslShutdownTimeout"] as const;

function checkOptions(options: ConnectionOptions): boolean {
  for (const name of UNKNOWN) {
    if (options[name] === undefined || options[name] === null) continue;
    throw new ValueError(`openConnection can not follow the option ${name} in workerd: its sockets know no such thing`);
  }
  const { ssl } = options;
  if (ssl === undefined || ssl === null || ssl === false) return false;
  if (ssl === true || Object.keys(ssl).length === 0) return true;
  throw new ValueError("openConnection takes nothing but true as ssl in workerd, which has certificates of its own");
}

/** openConnection() by workerd's sockets. Several addresses of a name are workerd's own business. */
export const openOnEdge = coroutine(function* (
  edge: EdgeConnect,
  host: string | null | undefined,
  port: number | string | null | undefined,
  options: ConnectionOptions,
  limit: number,
): Steps<[reader: StreamReader, writer: StreamWriter]> {
  const isTls = checkOptions(options);
  const address = { hostname: host || "localhost", port: checkPort(port, "openConnection") };
  const loop = getRunningLoop();
  const reader = new StreamReader({ limit, loop });
  const protocol = new StreamReaderProtocol(reader, null, { loop });
  const socket = edge(address, { secureTransport: isTls ? "on" : "off", allowHalfOpen: true });
  const close = (): void => void socket.close().catch(ignore);
  let ends: Awaited<EdgeSocket["opened"]>;
  try {
    ends = yield* wrapFuture(socket.opened);
  } catch (error) {
    close();
    if (isCancelled(error)) throw error;
    throw new ConnectionError(`no connection to ${address.hostname}:${address.port}: ${messageOf(error)}`, {
      cause: error,
    });
  }
  const extra: Record<string, unknown> = { socket };
  const peername = addressOf(ends.remoteAddress);
  const sockname = addressOf(ends.localAddress);
  if (peername !== null) extra["peername"] = peername;
  if (sockname !== null) extra["sockname"] = sockname;
  if (isTls) extra["sslcontext"] = true;
  const transport = new WebTransport(loop, socket, protocol, { extra, failureOf, onLost: close });
  protocol.connectionMade(transport);
  transport._startReading();
  return [reader, new StreamWriter(transport, protocol, reader, loop)];
});

const ignore = (): void => {};

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}

/** workerd tells no codes; a connection that stood and fails has been given up by the other side. */
function failureOf(error: unknown): Error {
  return new ConnectionResetError(messageOf(error), { cause: error });
}

/** `127.0.0.1:80` or `[::1]:80`. */
function addressOf(text: string | undefined): SocketAddress | null {
  const parts = /^\[?([^\]]+)\]?:(\d+)$/.exec(text ?? "");
  if (parts === null) return null;
  const [, address, port] = parts as unknown as [string, string, string];
  return { address, port: Number(port), family: address.includes(":") ? "IPv6" : "IPv4" };
}
