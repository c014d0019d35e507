// The promise of a native async function that is run as somebody's body: it is not left behind by a cancellation.
import { CancelledError } from "../errors/cancelledError.js";
import { Future } from "../futures/future.js";
import { CANCELLED, FINISHED, HAS_CANCEL_ERROR } from "../futures/state.js";
import type { EventLoop } from "../loop/eventLoop.js";

/**
 * A Future with the outcome of such a promise. `cancel()` is only a request, as the engine runs the function: the
 * signal of its task or scope tells it, and the Future settles when the promise does, whichever way.
 */
class OwnedPromise<T> extends Future<T> {
  declare private isCancelRequested: boolean;
  declare private cancelMessage: unknown;

  constructor(promise: PromiseLike<T>, loop: EventLoop) {
    super({ loop });
    this.isCancelRequested = false;
    this.cancelMessage = undefined;
    loop._outstanding++;
    promise.then(
      (result) => this.end(FINISHED, result),
      (error: unknown) => this.endWithError(error),
    );
  }

  override cancel(msg?: unknown): boolean {
    if (this.done()) return false;
    if (!this.isCancelRequested) this.cancelMessage = msg;
    this.isCancelRequested = true;
    return true;
  }

  private endWithError(error: unknown): void {
    if (error instanceof CancelledError) {
      this._flags |= HAS_CANCEL_ERROR;
      this.end(CANCELLED, error);
    } else if (this.isCancelRequested && isAbortError(error)) {
      this.end(CANCELLED, this.cancelMessage);
    } else {
      this._loop._outstanding--;
      this._fail(error);
    }
  }

  private end(state: number, value: unknown): void {
    this._loop._outstanding--;
    this._settle(state, value);
  }
}

/** What the host's own functions reject with when their signal aborts. */
function isAbortError(error: unknown): boolean {
  return (error as { name?: unknown } | null | undefined)?.name === "AbortError";
}

/** Awaits what a native async function returned; a cancellation request waits for it to settle. */
export function* awaitOwned<T>(promise: PromiseLike<T>, loop: EventLoop): Generator<unknown, T, unknown> {
  return yield* new OwnedPromise(promise, loop);
}
