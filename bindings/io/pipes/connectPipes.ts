import type { Socket } from "node:net";
import { checkCallback, checkInteger, describe } from "../../errors/checks.js";
import type { EventLoop } from "../../loop/eventLoop.js";
import type { Steps } from "../../tasks/awaitable.js";
import { coroutine } from "../../tasks/coroutine.js";
import { makeProtocol, waitUntilMade } from "../connect/makeTransport.js";
import { builtin } from "../host/builtin.js";
import type { ReadableLike, WritableLike } from "../host/streams.js";
import type { BaseProtocol } from "../protocols/protocol.js";
import { ReadPipeTransport, WritePipeTransport } from "../transports/pipeTransport.js";
import type { ReadTransport, WriteTransport } from "../transports/transport.js";

/** An open file by its number, or a path to open. */
export type PipeLike = number | string | URL;

function openToRead(pipe: unknown): Socket {
  const { createReadStream } = builtin("node:fs");
  if (typeof pipe === "number") {
    checkInteger(pipe, "a pipe's file descriptor");
    return createReadStream("", { fd: pipe }) as unknown as Socket;
  }
  if (typeof pipe === "string" || pipe instanceof URL) return createReadStream(pipe) as unknown as Socket;
  if (typeof (pipe as ReadableLike | null)?.read === "function") return pipe as Socket;
  throw new TypeError(`connectReadPipe expects a Readable, a file descriptor or a path, got ${describe(pipe)}`);
}

function openToWrite(pipe: unknown): Socket {
  const { createWriteStream } = builtin("node:fs");
  if (typeof pipe === "number") {
    checkInteger(pipe, "a pipe's file descriptor");
    return createWriteStream("", { fd: pipe }) as unknown as Socket;
  }
  if (typeof pipe === "string" || pipe instanceof URL) return createWriteStream(pipe) as unknown as Socket;
  if (typeof (pipe as WritableLike | null)?.write === "function") return pipe as Socket;
  throw new TypeError(`connectWritePipe expects a Writable, a file descriptor or a path, got ${describe(pipe)}`);
}

/**
 * Lets a protocol have what arrives from a Readable of the host, an open file descriptor or a path:
 * `[transport, protocol]`. The transport owns the pipe and closes it.
 */
export const connectReadPipe = coroutine(function* <P extends BaseProtocol>(
  this: EventLoop,
  protocolFactory: () => P,
  pipe: ReadableLike | PipeLike,
): Steps<[transport: ReadTransport, protocol: P]> {
  checkCallback(protocolFactory, "connectReadPipe");
  const stream = openToRead(pipe);
  const protocol = makeProtocol(stream, protocolFactory);
  const waiter = this.createFuture<void>();
  const transport = new ReadPipeTransport(this, stream, protocol, { extra: { pipe: stream }, isDirect: false });
  transport._begin(waiter);
  yield* waitUntilMade(transport, waiter);
  return [transport, protocol];
});

/** Lets a protocol write to a Writable of the host, an open file descriptor or a path: `[transport, protocol]`. */
export const connectWritePipe = coroutine(function* <P extends BaseProtocol>(
  this: EventLoop,
  protocolFactory: () => P,
  pipe: WritableLike | PipeLike,
): Steps<[transport: WriteTransport, protocol: P]> {
  checkCallback(protocolFactory, "connectWritePipe");
  const stream = openToWrite(pipe);
  const protocol = makeProtocol(stream, protocolFactory);
  const waiter = this.createFuture<void>();
  const transport = new WritePipeTransport(this, stream, protocol, { extra: { pipe: stream }, isDirect: false });
  transport._begin(waiter);
  yield* waitUntilMade(transport, waiter);
  return [transport, protocol];
});
