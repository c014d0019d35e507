// Foreign promises as Futures.
import { describe } from "../errors/checks.js";
import type { EventLoop } from "../loop/eventLoop.js";
import { findLoop } from "../loop/running.js";
import { Future, isFuture } from "./future.js";

/** What a promise's reactions hold: the future, until one of the two is done. */
interface Link {
  future: PromiseFuture<unknown> | null;
}

/** A Future that takes a foreign promise's outcome. The promise is not owned: cancelling detaches from it at once. */
class PromiseFuture<T> extends Future<T> {
  private readonly link: Link;

  constructor(promise: PromiseLike<T>, loop: EventLoop) {
    super({ loop });
    const link: Link = { future: this as PromiseFuture<unknown> };
    this.link = link;
    loop._outstanding++;
    promise.then(
      (result) => detach(link)?.setResult(result),
      (error: unknown) => detach(link)?.setException(error),
    );
  }

  override cancel(msg?: unknown): boolean {
    detach(this.link);
    return super.cancel(msg);
  }
}

/** The future, unless it is detached already; a promise kept alive elsewhere keeps nothing of ours from here on. */
function detach(link: Link): PromiseFuture<unknown> | null {
  const future = link.future;
  if (future === null) return null;
  link.future = null;
  future._loop._outstanding--;
  return future.done() ? null : future;
}

export function isPromiseLike(value: unknown): value is PromiseLike<unknown> {
  return (
    ((typeof value === "object" && value !== null) || typeof value === "function") &&
    typeof (value as { then?: unknown }).then === "function"
  );
}

/** A Future with the outcome of a foreign promise. A Future comes back as it is. */
export function wrapFuture<T>(promise: PromiseLike<T>, options?: { loop?: EventLoop }): Future<T> {
  if (isFuture(promise)) return promise as unknown as Future<T>;
  if (!isPromiseLike(promise)) throw new TypeError(`wrapFuture expects a promise, got ${describe(promise)}`);
  return new PromiseFuture(promise, options?.loop ?? findLoop());
}
