// The promise of a native async function that is run as somebody's body: it is not left behind by a cancellation.
import { CancelledError } from "../errors/cancelledError.js";
import { Future, type Owner } from "../futures/future.js";
import { react } from "../futures/interop.js";
import { CANCELLED, FINISHED, HAS_CANCEL_ERROR } from "../futures/state.js";
import type { EventLoop } from "../loop/eventLoop.js";

/**
 * A Future with the outcome of such a promise. `cancel()` is only a request, as the engine runs the function: the
 * signal of its task or scope tells it, and the Future settles when the promise does, whichever way.
 */
class OwnedPromise implements Owner {
  readonly future: Future<unknown>;
  declare private isCancelRequested: boolean;
  declare private cancelMessage: unknown;

  constructor(promise: PromiseLike<unknown>, loop: EventLoop) {
    this.future = new Future(loop._asOption);
    this.future._owner = this;
    this.isCancelRequested = false;
    this.cancelMessage = undefined;
    loop._outstanding++;
    react(
      promise,
      (result) => this.end(FINISHED, result),
      (error) => this.reject(error),
    );
  }

  /** @internal */
  _cancel(_future: Future<unknown>, msg: unknown): boolean {
    if (!this.isCancelRequested) this.cancelMessage = msg;
    this.isCancelRequested = true;
    return true;
  }

  /** @internal */
  get _kind(): string {
    return "native async function";
  }

  private reject(error: unknown): void {
    if (this.future.done()) return;
    if (error instanceof CancelledError) {
      // The very error goes on, with its cause.
      this.future._flags |= HAS_CANCEL_ERROR;
      this.end(CANCELLED, error);
    } else if (this.isCancelRequested && isAbortError(error)) {
      this.end(CANCELLED, this.cancelMessage);
    } else {
      this.future._loop._outstanding--;
      this.future._fail(error);
    }
  }

  private end(state: number, value: unknown): void {
    if (this.future.done()) return;
    this.future._loop._outstanding--;
    this.future._settle(state, value);
  }
}

/** What the host's own functions reject with when their signal aborts. */
function isAbortError(error: unknown): boolean {
  return (error as { name?: unknown } | null | undefined)?.name === "AbortError";
}

/** Awaits what a native async function returned; a cancellation request waits for it to settle. */
export function* awaitOwned<T>(promise: PromiseLike<T>, loop: EventLoop): Generator<unknown, T, unknown> {
  return (yield* new OwnedPromise(promise, loop).future) as T;
}
