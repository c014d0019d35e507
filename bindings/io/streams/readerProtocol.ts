import { checkCallback } from "../../errors/checks.js";
import type { Future } from "../../futures/future.js";
import { isPromiseLike } from "../../futures/interop.js";
import type { EventLoop } from "../../loop/eventLoop.js";
import { callWithLoop } from "../../loop/running.js";
import type { Awaitable } from "../../tasks/awaitable.js";
import { isFuture } from "../../futures/future.js";
import { adoptCall } from "../../tasks/adoptCall.js";
import { isCoroutineLike } from "../../tasks/target.js";
import type { Task } from "../../tasks/task.js";
import type { BaseTransport, Transport } from "../transports/transport.js";
import type { StreamReader } from "./reader.js";
import { StreamWriter } from "./writer.js";
import { WritingProtocol } from "./writingProtocol.js";

/** Is called for each connection. What a coroutine function makes runs as a task; so does an async function's promise. */
export type ClientConnected = (reader: StreamReader, writer: StreamWriter) => unknown;

/** Feeds a StreamReader with what a transport receives; with a callback, tells it of the connection. */
export class StreamReaderProtocol extends WritingProtocol {
  /** @internal `null` once the connection is lost. */
  declare _streamReader: StreamReader | null;
  /** @internal */
  declare readonly _clientConnected: ClientConnected | null;
  declare private readonly closed: Future<void>;
  declare private isTls: boolean;

  constructor(
    streamReader: StreamReader | null,
    clientConnected: ClientConnected | null = null,
    options: { loop?: EventLoop } = {},
  ) {
    super(options.loop === undefined && streamReader !== null ? { loop: streamReader._loop } : options);
    if (clientConnected !== null) checkCallback(clientConnected, "StreamReaderProtocol");
    this._streamReader = streamReader;
    this._clientConnected = clientConnected;
    this.closed = this._loop.createFuture();
    this.isTls = false;
  }

  override connectionMade(transport: BaseTransport): void {
    const reader = this._streamReader;
    reader?.setTransport(transport as Transport);
    this.isTls = isTls(transport);
    const callback = this._clientConnected;
    if (callback === null) return;
    const writer = new StreamWriter(transport as Transport, this, reader, this._loop);
    const task = this.taskOf(call(this._loop, callback, reader!, writer));
    task?.addDoneCallback((done) => this.clientEnded(done, transport as Transport));
  }

  override connectionLost(error: Error | null): void {
    const reader = this._streamReader;
    if (error === null) reader?.feedEof();
    else reader?.setException(error);
    if (!this.closed.done()) {
      if (error === null) this.closed.setResult(undefined);
      else {
        this.closed.setException(error);
        // Nobody has to wait for the end of a connection.
        this.closed._markRetrieved();
      }
    }
    super.connectionLost(error);
    this._streamReader = null;
  }

  override dataReceived(data: Uint8Array): void {
    this._streamReader?._feed(data);
  }

  /** Keeps the connection open for writing, which TLS does not allow. */
  override eofReceived(): boolean {
    this._streamReader?.feedEof();
    return !this.isTls;
  }

  /** @internal */
  override _closed(): Future<void> {
    return this.closed;
  }

  /** @internal */
  override get _isServerSide(): boolean {
    return this._clientConnected !== null;
  }

  /** @internal */
  override _replaceTransport(transport: Transport): void {
    this._streamReader?._replaceTransport(transport);
    this.isTls = isTls(transport);
  }

  /** What a plain function gives is nobody's business. */
  private taskOf(made: unknown): Task<unknown> | null {
    if (isFuture(made)) return adoptCall(made, undefined);
    return isCoroutineLike(made) || isPromiseLike(made) ? this._loop.createTask(made as Awaitable<unknown>) : null;
  }

  private clientEnded(task: Task<unknown>, transport: Transport): void {
    if (!task.cancelled()) {
      const exception = task.exception();
      if (exception === null) return;
      this._loop.callExceptionHandler({
        message: "Unhandled exception in client_connected_cb",
        exception,
        transport,
      });
    }
    transport.close();
  }
}

function isTls(transport: BaseTransport): boolean {
  return transport.getExtraInfo("sslcontext") !== null;
}

const asyncFunctionPrototype: unknown = Object.getPrototypeOf(async () => {});

/** A native async function knows its loop after its awaits, as a task of one does. */
function call(loop: EventLoop, callback: ClientConnected, reader: StreamReader, writer: StreamWriter): unknown {
  if (Object.getPrototypeOf(callback) !== asyncFunctionPrototype) return callback(reader, writer);
  return callWithLoop(loop, callback, reader, writer);
}
