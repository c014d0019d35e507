import { checkInteger } from "../../errors/checks.js";
import { ValueError } from "../../errors/errors.js";
import type { EventLoop } from "../../loop/eventLoop.js";
import type { BaseProtocol } from "../protocols/protocol.js";
import type { WriteBufferLimits } from "./transport.js";

const DEFAULT_HIGH = 64 * 1024;

/** A transport that has something buffered. */
interface Buffering {
  /** @internal */
  readonly _loop: EventLoop;
  getWriteBufferSize(): number;
}

/** The two marks of a write buffer, and telling the protocol when they are passed. */
export class FlowMarks {
  high: number;
  low: number;
  /** The protocol has been told to stop. */
  isPaused: boolean;

  constructor() {
    this.high = DEFAULT_HIGH;
    this.low = DEFAULT_HIGH >> 2;
    this.isPaused = false;
  }

  set(givenHigh?: number | null | WriteBufferLimits, givenLow?: number | null): void {
    if (typeof givenHigh === "object" && givenHigh !== null) {
      this.set(givenHigh.high, givenHigh.low);
      return;
    }
    const high = givenHigh ?? (typeof givenLow === "number" ? 4 * givenLow : DEFAULT_HIGH);
    const low = givenLow ?? Math.floor(high / 4);
    checkInteger(high, "the high-water mark");
    checkInteger(low, "the low-water mark");
    if (high < low || low < 0) throw new ValueError(`high (${high}) must be >= low (${low}) must be >= 0`);
    this.high = high;
    this.low = low;
  }

  maybePause(transport: Buffering, protocol: BaseProtocol | null): void {
    if (this.isPaused || transport.getWriteBufferSize() <= this.high) return;
    this.isPaused = true;
    try {
      protocol?.pauseWriting();
    } catch (exception) {
      report(transport, protocol, "protocol.pauseWriting() failed", exception);
    }
  }

  maybeResume(transport: Buffering, protocol: BaseProtocol | null): void {
    if (!this.isPaused || transport.getWriteBufferSize() > this.low) return;
    this.isPaused = false;
    try {
      protocol?.resumeWriting();
    } catch (exception) {
      report(transport, protocol, "protocol.resumeWriting() failed", exception);
    }
  }
}

/** Tells the loop's exception handler. */
export function report(transport: Buffering, protocol: BaseProtocol | null, message: string, exception: unknown): void {
  transport._loop.callExceptionHandler({ message, exception, transport, protocol });
}
