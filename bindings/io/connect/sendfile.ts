// Sending a file. No host offers the system's own call for it, so it is read and written in blocks.
import type { FileHandle } from "node:fs/promises";
import { checkInteger, describe } from "../../errors/checks.js";
import { RuntimeError, ValueError } from "../../errors/errors.js";
import { SendfileNotAvailableError } from "../../errors/ioErrors.js";
import { osErrorOf } from "../../errors/hostError.js";
import { ConnectionError } from "../../errors/osErrors.js";
import type { Future } from "../../futures/future.js";
import type { EventLoop } from "../../loop/eventLoop.js";
import type { Steps } from "../../tasks/awaitable.js";
import { coroutine } from "../../tasks/coroutine.js";
import { builtin } from "../host/builtin.js";
import { HostOperation } from "../host/hostOperation.js";
import { takeOver } from "../host/takeOver.js";
import { StreamTransport } from "../transports/streamTransport.js";
import type { WriteTransport } from "../transports/transport.js";

/** A file to send: a path, or an open FileHandle of node:fs/promises. */
export type FileLike = string | URL | FileHandleLike;

/** A FileHandle as far as it is needed here. */
export interface FileHandleLike {
  read(buffer: Uint8Array, offset: number, length: number, position: number): Promise<{ bytesRead: number }>;
}

export interface SendfileOptions {
  /** `false` fails with SendfileNotAvailableError rather than to read and write. Default true. */
  fallback?: boolean;
}

const BLOCK = 256 * 1024;

function waitFor<T>(loop: EventLoop, promise: Promise<T>, onLate: (result: T) => void = () => {}): Future<T> {
  const operation = new HostOperation<T>(loop);
  promise.then(
    (result) => {
      if (!operation.succeed(result)) onLate(result);
    },
    (error: unknown) => operation.fail(osErrorOf(error)),
  );
  return operation.future;
}

/**
 * Sends `count` bytes of `file` from `offset` on, or all up to its end; gives how many were sent. They have all been
 * handed to the operating system then. Nobody else may write meanwhile.
 */
export const sendfile = coroutine(function* (
  this: EventLoop,
  transport: WriteTransport,
  file: FileLike,
  offset: number = 0,
  count: number | null = null,
  options: SendfileOptions = {},
): Steps<number> {
  checkInteger(offset, "sendfile's offset");
  if (offset < 0) throw new ValueError(`sendfile's offset must not be negative, got ${offset}`);
  if (count !== null) {
    checkInteger(count, "sendfile's count");
    if (count <= 0) throw new ValueError(`sendfile's count must be positive, got ${count}`);
  }
  if (!(transport instanceof StreamTransport)) {
    throw new RuntimeError(`sendfile is not supported for ${describe(transport)}`);
  }
  if (transport.isClosing()) throw new RuntimeError("Transport is closing");
  if (options.fallback === false) {
    throw new SendfileNotAvailableError("no host offers the system's sendfile: leave `fallback` at true");
  }
  if (typeof file !== "string" && !(file instanceof URL)) return yield* sendFrom(this, transport, file, offset, count);
  const opening = builtin("node:fs").promises.open(file, "r");
  const close = (opened: FileHandle): void => void opened.close();
  const handle = yield* takeOver(waitFor(this, opening, close), close);
  try {
    return yield* sendFrom(this, transport, handle, offset, count);
  } finally {
    yield* waitFor(this, handle.close());
  }
});

const sendFrom = coroutine(function* (
  loop: EventLoop,
  transport: StreamTransport,
  file: FileHandleLike,
  offset: number,
  count: number | null,
): Steps<number> {
  const wasReading = transport.isReading();
  const buffer = new Uint8Array(Math.min(count ?? BLOCK, BLOCK));
  transport.pauseReading();
  let sent = 0;
  yield* transport._makeEmptyWaiter();
  try {
    for (;;) {
      const wanted = count === null ? buffer.length : Math.min(buffer.length, count - sent);
      if (wanted === 0) return sent;
      const { bytesRead } = yield* waitFor(loop, file.read(buffer, 0, wanted, offset + sent));
      if (bytesRead === 0) return sent;
      transport._resetEmptyWaiter();
      if (transport.isClosing()) throw new ConnectionError("Connection is closed by peer");
      transport._writeNow(buffer.subarray(0, bytesRead));
      yield* transport._makeEmptyWaiter();
      sent += bytesRead;
    }
  } finally {
    transport._resetEmptyWaiter();
    if (wasReading) transport.resumeReading();
  }
});
