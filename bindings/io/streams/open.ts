// A pair of streams over a connection of ours.
import type { EventLoop } from "../../loop/eventLoop.js";
import { getRunningLoop } from "../../loop/running.js";
import { checkSignal } from "../../tasks/abort.js";
import type { Steps } from "../../tasks/awaitable.js";
import { coroutine, type Coroutine } from "../../tasks/coroutine.js";
import type { ConnectionOptions } from "../connect/createConnection.js";
import type { UnixConnectionOptions } from "../connect/unix.js";
import type { Transport } from "../transports/transport.js";
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

/** How a connection is made: by a method of the loop, with the protocol of the streams. */
type Connect = (
  loop: EventLoop,
  protocolFactory: () => StreamReaderProtocol,
) => Coroutine<[transport: Transport, protocol: StreamReaderProtocol]>;

/**
 * Connects, and gives a reader and a writer. The options are those of `loop.createConnection`, among them `ssl`,
 * `localAddr` and `happyEyeballsDelay`; `limit` is the reader's. OSError when no address answers.
 */
export function openConnection(
  host?: string | null,
  port?: number | string | null,
  options: OpenConnectionOptions = {},
): Coroutine<[reader: StreamReader, writer: StreamWriter]> {
  const { limit = DEFAULT_LIMIT, signal, ...rest } = options;
  checkSignal(signal, "openConnection");
  return open((loop, factory) => loop.createConnection(factory, host, port, rest), checkLimit(limit), signal);
}

/** openConnection over a unix socket. */
export function openUnixConnection(
  path?: string | URL | null,
  options: OpenUnixConnectionOptions = {},
): Coroutine<[reader: StreamReader, writer: StreamWriter]> {
  const { limit = DEFAULT_LIMIT, signal, ...rest } = options;
  checkSignal(signal, "openUnixConnection");
  return open((loop, factory) => loop.createUnixConnection(factory, path, rest), checkLimit(limit), signal);
}

/** @internal */
export const open = coroutine(function* (
  connect: Connect,
  limit: number,
  signal: AbortSignal | undefined,
): Steps<[reader: StreamReader, writer: StreamWriter]> {
  const loop = getRunningLoop();
  const reader = new StreamReader({ limit, loop });
  const protocol = new StreamReaderProtocol(reader, null, { loop });
  const connecting = connect(loop, () => protocol);
  const [transport] = signal === undefined ? yield* connecting : yield* underSignal(loop, connecting, signal);
  return [reader, new StreamWriter(transport, protocol, reader, loop)];
});

/** A signal cancels a task. */
function* underSignal<T extends [transport: Transport, ...unknown[]]>(
  loop: EventLoop,
  connecting: Coroutine<T>,
  signal: AbortSignal,
): Steps<T> {
  const task = loop.createTask(connecting, { signal });
  try {
    return yield* task;
  } catch (error) {
    // Cancelled in the very moment in which the connection was made: nobody would close it.
    if (task.done() && !task.cancelled() && task.exception() === null) task.result()[0].abort();
    throw error;
  }
}
