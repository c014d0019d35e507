import type { EventLoop } from "../../loop/eventLoop.js";
import type { BaseProtocol } from "../protocols/protocol.js";
import { FlowMarks, report } from "./flowMarks.js";
import { Transport, type WriteBufferLimits } from "./transport.js";

/** A stream transport that tells its protocol when too much is buffered. */
export abstract class FlowControl extends Transport {
  /** @internal */
  readonly _loop: EventLoop;
  /** @internal `null` once the connection is lost. */
  declare _protocol: BaseProtocol | null;
  protected readonly marks: FlowMarks;

  constructor(loop: EventLoop, extra?: Record<string, unknown>) {
    super(extra);
    this._loop = loop;
    this._protocol = null;
    this.marks = new FlowMarks();
  }

  override setWriteBufferLimits(high?: number | null | WriteBufferLimits, low?: number | null): void {
    this.marks.set(high, low);
    this.marks.maybePause(this, this._protocol);
  }

  override getWriteBufferLimits(): [low: number, high: number] {
    return [this.marks.low, this.marks.high];
  }

  protected reportProtocol(message: string, exception: unknown): void {
    report(this, this._protocol, message, exception);
  }
}
