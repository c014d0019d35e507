// Foreign promises as Futures.
import { describe } from "../errors/checks.js";
import type { EventLoop } from "../loop/eventLoop.js";
import { findLoop } from "../loop/running.js";
import { Future, isFuture, type Owner } from "./future.js";
import { CANCELLED } from "./state.js";

/**
 * What a promise's reactions hold: the future, until one of the two is done. So a promise that lives on elsewhere keeps
 * nothing of ours. The promise is not owned: cancelling detaches from it at once.
 */
class Link implements Owner {
  private future: Future<unknown> | null;

  constructor(future: Future<unknown>) {
    this.future = future;
    future._loop._outstanding++;
  }

  /** The future, once; `null` if it is detached or done already, or its loop closed: nobody is left to be told. */
  detach(): Future<unknown> | null {
    const { future } = this;
    if (future === null) return null;
    this.future = null;
    future._loop._outstanding--;
    return future.done() || future._loop.isClosed() ? null : future;
  }

  /** @internal */
  _cancel(future: Future<unknown>, msg: unknown): boolean {
    this.detach();
    future._settle(CANCELLED, msg);
    return true;
  }

  /** @internal */
  get _kind(): string {
    return "Future of a promise";
  }
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
  const future = new Future<T>(options?.loop === undefined ? findLoop()._asOption : { loop: options.loop });
  const link = new Link(future as Future<unknown>);
  future._owner = link;
  react(
    promise,
    (result) => link.detach()?.setResult(result),
    (error) => link.detach()?._fail(error),
  );
  return future;
}

/** `promise.then(…)`, where what a thenable's own `then` throws counts as its rejection. */
export function react<T>(
  promise: PromiseLike<T>,
  onResult: (result: T) => void,
  onError: (error: unknown) => void,
): void {
  try {
    promise.then(onResult, onError);
  } catch (error) {
    onError(error);
  }
}
