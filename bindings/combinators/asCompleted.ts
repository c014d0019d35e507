import { checkTimeout } from "../errors/checks.js";
import { StopAsyncIteration } from "../errors/errors.js";
import { TimeoutError } from "../errors/osError.js";
import type { Future } from "../futures/future.js";
import type { EventLoop } from "../loop/eventLoop.js";
import type { Handle } from "../loop/handle.js";
import { findLoop } from "../loop/running.js";
import type { Awaitable, Steps } from "../tasks/awaitable.js";
import { coroutine, type Coroutine } from "../tasks/coroutine.js";
import { ensureFutureOn } from "../tasks/createTask.js";
import { checkAwaitables } from "./arguments.js";
import { Completions } from "./completions.js";
import type { Outcome } from "./gather.js";

export interface AsCompletedOptions {
  /** Milliseconds for all together; what is not done then throws TimeoutError. */
  timeout?: number | null;
}

/**
 * What `asCompleted` returns. Plain iteration gives one coroutine for each awaitable: the first that is awaited has the
 * outcome of the first that completes, and so on. Async iteration gives the Futures themselves, each done when it comes.
 */
export class AsCompleted<T> implements AsyncIterableIterator<Future<T>, undefined>, Iterable<Coroutine<T>> {
  private readonly todo: Set<Future<T>>;
  private readonly completions: Completions<Future<T> | null>;
  declare private left: number;
  declare private alarm: Handle | null;

  /** @internal */
  constructor(awaitables: Iterable<Awaitable<T>>, timeout: number | null, loop: EventLoop) {
    this.completions = new Completions(loop);
    this.todo = new Set();
    for (const awaitable of new Set(awaitables)) this.todo.add(ensureFutureOn(loop, awaitable));
    this.left = this.todo.size;
    for (const future of this.todo) future.addDoneCallback(this.completed);
    this.alarm = this.left === 0 || timeout === null ? null : loop.callLater(timeout, this.expire);
  }

  *[Symbol.iterator](): Generator<Coroutine<T>, undefined, unknown> {
    while (this.left > 0) {
      this.left--;
      yield outcomeOfNext(this.completions);
    }
    return undefined;
  }

  [Symbol.asyncIterator](): this {
    return this;
  }

  /** The next Future to complete; StopAsyncIteration after the last, TimeoutError when the deadline came first. */
  anext(): Coroutine<Future<T>> {
    return nextFuture(this);
  }

  next(): Promise<IteratorResult<Future<T>, undefined>> {
    return nextResult(this).then();
  }

  toString(): string {
    return `<AsCompleted left=${this.left}>`;
  }

  /** @internal The next Future, `null` after the last. */
  *_take(): Steps<Future<T> | null> {
    if (this.left === 0) return null;
    this.left--;
    return yield* takeInTime(this.completions);
  }

  private readonly completed = (future: Future<T>): void => {
    // After the deadline the iterator has told of it already.
    if (!this.todo.delete(future)) return;
    this.completions.put(future);
    if (this.todo.size === 0) this.alarm?.cancel();
  };

  private readonly expire = (): void => {
    for (const future of this.todo) {
      future.removeDoneCallback(this.completed);
      this.completions.put(null);
    }
    this.todo.clear();
  };
}

function* takeInTime<T>(completions: Completions<Future<T> | null>): Steps<Future<T>> {
  const future = yield* completions.take();
  if (future !== null) return future;
  throw new TimeoutError("timed out: the deadline of asCompleted passed before all that it was given were done");
}

const outcomeOfNext = coroutine(function* <T>(completions: Completions<Future<T> | null>): Steps<T> {
  return (yield* takeInTime(completions)).result();
}) as <T>(completions: Completions<Future<T> | null>) => Coroutine<T>;

const nextFuture = coroutine(function* <T>(iterator: AsCompleted<T>): Steps<Future<T>> {
  const future = yield* iterator._take();
  if (future === null) throw new StopAsyncIteration();
  return future;
}) as <T>(iterator: AsCompleted<T>) => Coroutine<Future<T>>;

/** The Future inside of an object, as a promise would flatten it. */
const nextResult = coroutine(function* <T>(iterator: AsCompleted<T>): Steps<IteratorResult<Future<T>, undefined>> {
  const future = yield* iterator._take();
  return future === null ? { value: undefined, done: true } : { value: future, done: false };
}) as <T>(iterator: AsCompleted<T>) => Coroutine<IteratorResult<Future<T>, undefined>>;

/**
 * Runs awaitables concurrently, from this call on, and gives them in the order in which they complete: see AsCompleted
 * for the two ways to iterate. One that is repeated counts once.
 */
export function asCompleted<const A extends readonly Awaitable<unknown>[] | []>(
  awaitables: A,
  options?: AsCompletedOptions,
): AsCompleted<Outcome<A[number]>>;
export function asCompleted<T>(
  awaitables: Iterable<Awaitable<T>> & { then?: never },
  options?: AsCompletedOptions,
): AsCompleted<T>;
export function asCompleted(
  awaitables: Iterable<Awaitable<unknown>>,
  options: AsCompletedOptions = {},
): AsCompleted<unknown> {
  const list = checkAwaitables(awaitables, "asCompleted");
  const { timeout = null } = options;
  checkTimeout(timeout, "asCompleted");
  return new AsCompleted(list, timeout, findLoop());
}
