// An iterator that is not this package's, in a lowered `for await` or `yield*`.
//
// JavaScript does not close an iterator whose `next()` has failed, and a cancellation of the task that waits for an item
// looks like that. But the iterator has not failed, it only was not waited for: it is closed here.
import { endWaiting } from "../combinators/platformIterator.js";
import { isCancelled } from "../errors/cancelledError.js";
import { isFuture } from "../futures/future.js";
import type { Steps } from "../tasks/awaitable.js";
import { AsyncCoroutine } from "../tasks/asyncCoroutine.js";
import { Coroutine } from "../tasks/coroutine.js";

type Source = AsyncIterator<unknown, unknown, unknown>;

/** Where lowered code finds what its iterable's own iterator has, and no more. */
class PlatformSource {
  declare private readonly iterable: object;
  declare private readonly source: Source;
  /** Absent where the source has none: lowered code and delegations ask. */
  declare readonly throw?: (error: unknown) => unknown;
  declare readonly return?: (value?: unknown) => unknown;

  constructor(iterable: object, source: Source) {
    this.iterable = iterable;
    this.source = source;
    if (typeof source.throw === "function") this.throw = (error) => source.throw!(error);
    if (typeof source.return === "function") this.return = (value) => source.return!(value);
  }

  next(sent?: unknown): unknown {
    const promise: unknown = this.source.next(sent);
    // What is cancelled in its own place needs no closing from here.
    if (promise instanceof Coroutine || isFuture(promise)) return promise;
    return new AsyncCoroutine<unknown>(this.wait(promise));
  }

  private *wait(promise: unknown): Steps<unknown> {
    try {
      return yield promise;
    } catch (error) {
      if (isCancelled(error)) {
        endWaiting(this.iterable);
        yield* this.close();
      }
      throw error;
    }
  }

  /** The cancellation comes before an error of the closing. */
  private *close(): Steps<void> {
    try {
      yield this.source.return?.();
    } catch (error) {
      if (isCancelled(error)) throw error;
    }
  }
}

/** `iterable` is async iterable; `iterator` what its method has given. */
export function platformSource(iterable: object, iterator: unknown): unknown {
  return new PlatformSource(iterable, iterator as Source);
}
