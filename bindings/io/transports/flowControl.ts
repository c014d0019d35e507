import { checkInteger } from "../../errors/checks.js";
import { ValueError } from "../../errors/errors.js";
import type { EventLoop } from "../../loop/eventLoop.js";
import type { BaseProtocol } from "../protocols/protocol.js";
import { Transport, type WriteBufferLimits } from "./transport.js";

const DEFAULT_HIGH = 64 * 1024;

/** The two marks, and telling the protocol when they are passed. Whoever derives calls the two `maybe…` methods. */
export abstract class FlowControl extends Transport {
  /** @internal */
  readonly _loop: EventLoop;
  /** @internal `null` once the connection is lost. */
  declare _protocol: BaseProtocol | null;
  declare protected high: number;
  declare protected low: number;
  declare protected isProtocolPaused: boolean;

  constructor(loop: EventLoop, extra?: Record<string, unknown>) {
    super(extra);
    this._loop = loop;
    this._protocol = null;
    this.high = DEFAULT_HIGH;
    this.low = DEFAULT_HIGH >> 2;
    this.isProtocolPaused = false;
  }

  override setWriteBufferLimits(high?: number | null | WriteBufferLimits, low?: number | null): void {
    if (typeof high === "object" && high !== null) ({ high, low } = high);
    this.setLimits(high ?? null, low ?? null);
    this.maybePauseProtocol();
  }

  override getWriteBufferLimits(): [low: number, high: number] {
    return [this.low, this.high];
  }

  private setLimits(givenHigh: number | null, givenLow: number | null): void {
    const high = givenHigh ?? (givenLow === null ? DEFAULT_HIGH : 4 * givenLow);
    const low = givenLow ?? Math.floor(high / 4);
    checkInteger(high, "the high-water mark");
    checkInteger(low, "the low-water mark");
    if (high < low || low < 0) throw new ValueError(`high (${high}) must be >= low (${low}) must be >= 0`);
    this.high = high;
    this.low = low;
  }

  protected maybePauseProtocol(): void {
    if (this.isProtocolPaused || this.getWriteBufferSize() <= this.high) return;
    this.isProtocolPaused = true;
    try {
      this._protocol?.pauseWriting();
    } catch (exception) {
      this.reportProtocol("protocol.pauseWriting() failed", exception);
    }
  }

  protected maybeResumeProtocol(): void {
    if (!this.isProtocolPaused || this.getWriteBufferSize() > this.low) return;
    this.isProtocolPaused = false;
    try {
      this._protocol?.resumeWriting();
    } catch (exception) {
      this.reportProtocol("protocol.resumeWriting() failed", exception);
    }
  }

  protected reportProtocol(message: string, exception: unknown): void {
    this._loop.callExceptionHandler({ message, exception, transport: this, protocol: this._protocol });
  }
}
