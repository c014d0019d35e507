import { brand } from "./brand.js";

/** @internal What an AbortSignal passes to `cancel()`: no message, but a cause. */
export class AbortRequest {
  readonly reason: unknown;

  constructor(reason: unknown) {
    this.reason = reason;
  }
}

/**
 * The task or future was cancelled. JavaScript's `catch` takes it like any other error: a handler that is meant for
 * failures begins with `if (isCancelled(error)) throw error`.
 *
 * Not made by Error's own constructor: capturing a stack costs microseconds, and a cancellation's place is where
 * `cancel()` was called, not where this object was made. It is an `instanceof Error` all the same.
 */
export class CancelledError {
  /** What `cancel(msg)` was given; `undefined` without an argument. */
  declare readonly msg: unknown;
  declare readonly name: string;
  declare readonly code: string;
  declare cause?: unknown;
  declare stack: string;

  constructor(msg?: unknown) {
    if (msg instanceof AbortRequest) {
      this.msg = undefined;
      this.cause = msg.reason;
    } else {
      this.msg = msg;
    }
  }

  get message(): string {
    return String(this.msg ?? "");
  }

  toString(): string {
    return this.message === "" ? this.name : `${this.name}: ${this.message}`;
  }
}

Object.setPrototypeOf(CancelledError.prototype, Error.prototype);
Object.defineProperty(CancelledError.prototype, "stack", {
  configurable: true,
  get(this: CancelledError): string {
    return this.toString();
  },
  set(this: CancelledError, value: string) {
    Object.defineProperty(this, "stack", { value, configurable: true, writable: true });
  },
});
brand(CancelledError, "CancelledError");

/** Whether `error` is a cancellation on its way, to be thrown on. */
export function isCancelled(error: unknown): error is CancelledError {
  return error instanceof CancelledError;
}
