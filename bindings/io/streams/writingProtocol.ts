import { FINISHED } from "../../futures/state.js";
import type { Future } from "../../futures/future.js";
import type { EventLoop } from "../../loop/eventLoop.js";
import { findLoop } from "../../loop/running.js";
import { Protocol } from "../protocols/protocol.js";
import type { Transport } from "../transports/transport.js";

/** Flow control on the writing side: who drains waits while the transport says that it is full. */
export class WritingProtocol extends Protocol {
  /** @internal */
  readonly _loop: EventLoop;
  /** @internal The transport is above its high-water mark. */
  declare _isPaused: boolean;
  /** @internal */
  declare _isLost: boolean;
  /** @internal The futures of those who drain, in order. */
  readonly _drainers: Set<Future<void>>;

  constructor(options: { loop?: EventLoop } = {}) {
    super();
    this._loop = options.loop ?? findLoop();
    this._isPaused = false;
    this._isLost = false;
    this._drainers = new Set();
  }

  override pauseWriting(): void {
    this._isPaused = true;
  }

  override resumeWriting(): void {
    this._isPaused = false;
    this.wakeDrainers(null);
  }

  override connectionLost(error: Error | null): void {
    this._isLost = true;
    if (this._isPaused) this.wakeDrainers(error);
  }

  /** @internal A Future for the connection's end, for `waitClosed()` of the writer. */
  _closed(): Future<void> {
    throw new TypeError(`${this.constructor.name} can not tell when its stream is closed`);
  }

  /** @internal Whether it has accepted its connection. */
  get _isServerSide(): boolean {
    return false;
  }

  /** @internal The same connection from now on through `transport`. */
  _replaceTransport(_transport: Transport): void {}

  private wakeDrainers(error: Error | null): void {
    for (const waiter of this._drainers) {
      if (waiter.done()) continue;
      if (error === null) waiter._settle(FINISHED, undefined);
      else waiter.setException(error);
    }
  }
}
