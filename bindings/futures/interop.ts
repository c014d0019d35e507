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
  declare private readonly promise: PromiseLike<unknown>;
  declare private future: Future<unknown> | null;

  constructor(promise: PromiseLike<unknown>) {
    this.promise = promise;
    this.future = null;
  }

  attach(future: Future<unknown>): void {
    this.future = future;
    future._owner = this;
    future._loop._outstanding++;
  }

  /** The promise has settled: the future to be told, if there still is one. */
  settle(): Future<unknown> | null {
    const future = this.detach();
    if (future === null) idle.delete(this.promise);
    return future;
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
    if (this.promise instanceof Promise) keepIdle(this.promise, this);
    future._settle(CANCELLED, msg);
    return true;
  }

  /** @internal */
  get _kind(): string {
    return "Future of a promise";
  }
}

/**
 * Links whose futures were cancelled, by promise. A reaction cannot be taken back from a promise, so it serves the next
 * future of that promise: one that is raced ten thousand times has one reaction, not ten thousand.
 */
const idle = new WeakMap<PromiseLike<unknown>, Link[]>();

function keepIdle(promise: Promise<unknown>, link: Link): void {
  const links = idle.get(promise);
  if (links === undefined) idle.set(promise, [link]);
  else links.push(link);
}

/** Whether it could be awaitable at all: decided without looking into it. */
export function isObject(value: unknown): boolean {
  return typeof value === "object" ? value !== null : typeof value === "function";
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
  const idleLink = idle.get(promise)?.pop();
  if (idleLink !== undefined) {
    idleLink.attach(future as Future<unknown>);
    return future;
  }
  const link = new Link(promise);
  // Before the reaction, which a thenable may call at once.
  link.attach(future as Future<unknown>);
  react(
    promise,
    (result) => link.settle()?.setResult(result),
    (error) => link.settle()?._fail(error),
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
