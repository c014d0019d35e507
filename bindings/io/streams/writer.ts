import { showAsText } from "../../errors/inspectForm.js";
import type { EventLoop } from "../../loop/eventLoop.js";
import { keepShape } from "../../loop/shapes.js";
import type { Steps } from "../../tasks/awaitable.js";
import { coroutine, type Coroutine } from "../../tasks/coroutine.js";
import type { Transport } from "../transports/transport.js";
import { Drain } from "./drain.js";
import type { StreamReader } from "./reader.js";
import { WritingProtocol } from "./writingProtocol.js";

/**
 * Writes to a transport, and waits where its protocol says so. `openConnection` and `startServer` make writers. Nothing
 * closes one that its program forgets.
 */
export class StreamWriter {
  /** @internal */
  declare _transport: Transport;
  /** @internal */
  declare readonly _protocol: WritingProtocol;
  /** @internal */
  declare readonly _reader: StreamReader | null;
  /** @internal */
  declare readonly _loop: EventLoop;

  constructor(transport: Transport, protocol: WritingProtocol, reader: StreamReader | null, loop: EventLoop) {
    this._transport = transport;
    this._protocol = protocol;
    this._reader = reader;
    this._loop = loop;
  }

  /** What is written to. */
  get transport(): Transport {
    return this._transport;
  }

  /** Hands bytes to the transport, which sends them when it can; `drain()` waits while there are too many. */
  write(data: Uint8Array): void {
    this._transport.write(data);
  }

  writelines(list: Iterable<Uint8Array>): void {
    this._transport.writelines(list);
  }

  /** Ends the writing half after what is buffered; the peer may go on sending. */
  writeEof(): void {
    this._transport.writeEof();
  }

  /** Whether `writeEof()` is possible. */
  canWriteEof(): boolean {
    return this._transport.canWriteEof();
  }

  /** Closes the stream and its connection after what is buffered; `waitClosed()` waits for that. */
  close(): void {
    this._transport.close();
  }

  /** Whether it is closed or about to be. */
  isClosing(): boolean {
    return this._transport.isClosing();
  }

  /** Waits until the connection is gone; throws what it was lost by. */
  waitClosed(): Coroutine<void> {
    return waitClosed(this._protocol);
  }

  /** What the transport knows under `name`, such as `peername`, else `fallback`. */
  getExtraInfo(name: string, fallback: unknown = null): unknown {
    return this._transport.getExtraInfo(name, fallback);
  }

  /**
   * Waits until more may be written: does not suspend below the transport's high-water mark. Throws what the reader
   * failed with, and ConnectionResetError when the connection is gone.
   */
  drain(): Coroutine<void> {
    return new Drain(this);
  }

  /** As asyncio shows it. */
  toString(): string {
    const reader = this._reader === null ? "" : ` reader=${this._reader.toString()}`;
    return `<StreamWriter transport=${String(this._transport)}${reader}>`;
  }
}
showAsText(StreamWriter);

const waitClosed = coroutine(function* (protocol: WritingProtocol): Steps<void> {
  yield* protocol._closed();
});

const nowhere = null as unknown as Transport;
keepShape((loop) => new StreamWriter(nowhere, new WritingProtocol({ loop }), null, loop));
keepShape((loop) => new Drain(new StreamWriter(nowhere, new WritingProtocol({ loop }), null, loop)));
