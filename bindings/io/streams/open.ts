// A pair of streams over a connection of ours.
import type { EventLoop } from "../../loop/eventLoop.js";
import { getRunningLoop } from "../../loop/running.js";
import { checkSignal } from "../../tasks/abort.js";
import type { Steps } from "../../tasks/awaitable.js";
import { coroutine, type Coroutine } from "../../tasks/coroutine.js";
import type { ConnectionOptions } from "../connect/createConnection.js";
import type { UnixConnectionOptions } from "../connect/unix.js";
import type { Transport } from "../transports/transport.js";
import { edgeConnect, openOnEdge } from "./edgeSockets.js";
import { checkLimit, DEFAULT_LIMIT, StreamReader } from "./reader.js";
import { StreamReaderProtocol } from "./readerProtocol.js";
import { StreamWriter } from "./writer.js";

interface StreamOptions {
  /** The reader's limit in bytes, see StreamReader. Default 65,536. */
  limit?: number;
  /** Cancels the attempt to connect when it aborts. */
  signal?: AbortSignal;
}

export interface OpenConnectionOptions extends ConnectionOptions, StreamOptions {}
export interface OpenUnixConnectionOptions extends UnixConnectionOptions, StreamOptions {}

type Streams = [reader: StreamReader, writer: StreamWriter];

/**
 * Connects, and gives a reader and a writer. The options are those of `loop.createConnection`, among them `ssl`,
 * `localAddr` and `happyEyeballsDelay`; `limit` is the reader's. OSError when no address answers. In workerd the host's own
 * sockets are used, which take fewer options.
 */
export function openConnection(
  host?: string | null,
  port?: number | string | null,
  options: OpenConnectionOptions = {},
): Coroutine<Streams> {
  const { limit = DEFAULT_LIMIT, signal, ...rest } = options;
  checkLimit(limit);
  const edge = edgeConnect();
  const opening =
    edge === null
      ? open((loop, factory) => loop.createConnection(factory, host, port, rest), limit)
      : openOnEdge(edge, host, port, rest, limit);
  return underSignal(opening, signal, "openConnection");
}

/** openConnection over a unix socket. */
export function openUnixConnection(
  path?: string | URL | null,
  options: OpenUnixConnectionOptions = {},
): Coroutine<Streams> {
  const { limit = DEFAULT_LIMIT, signal, ...rest } = options;
  checkLimit(limit);
  const opening = open((loop, factory) => loop.createUnixConnection(factory, path, rest), limit);
  return underSignal(opening, signal, "openUnixConnection");
}

/** How a connection is made: by a method of the loop, with the protocol of the streams. */
type Connect = (
  loop: EventLoop,
  protocolFactory: () => StreamReaderProtocol,
) => Coroutine<[transport: Transport, protocol: StreamReaderProtocol]>;

const open = coroutine(function* (connect: Connect, limit: number): Steps<Streams> {
  const loop = getRunningLoop();
  const reader = new StreamReader({ limit, loop });
  const protocol = new StreamReaderProtocol(reader, null, { loop });
  const [transport] = yield* connect(loop, () => protocol);
  return [reader, new StreamWriter(transport, protocol, reader, loop)];
});

/** A signal cancels a task; without one there is none. */
function underSignal(opening: Coroutine<Streams>, signal: AbortSignal | undefined, where: string): Coroutine<Streams> {
  checkSignal(signal, where);
  return signal === undefined ? opening : openInTask(opening, signal);
}

const openInTask = coroutine(function* (opening: Coroutine<Streams>, signal: AbortSignal): Steps<Streams> {
  const task = getRunningLoop().createTask(opening, { signal });
  try {
    return yield* task;
  } catch (error) {
    // Cancelled in the very moment in which the connection was made: nobody would close it.
    if (task.done() && !task.cancelled() && task.exception() === null) task.result()[1].transport.abort();
    throw error;
  }
});
