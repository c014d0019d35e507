import { ENTRY_OBSERVER, ENTRY_SHIFT, KIND_OBSERVER } from "../../assembly/codes.js";
import { CancelledError } from "../errors/cancelledError.js";
import { Future, type Owner } from "../futures/future.js";
import { CANCELLED, FAILED, FINISHED, STATE_MASK } from "../futures/state.js";
import { addWaiter, type Observer } from "../futures/waiters.js";
import type { EventLoop } from "../loop/eventLoop.js";
import { findLoop, running } from "../loop/running.js";
import { keepShape } from "../loop/shapes.js";
import type { Awaitable } from "../tasks/awaitable.js";
import { Coroutine, FRESH, isFreshGenerator, isGenerator } from "../tasks/coroutine.js";
import { ensureFutureOn } from "../tasks/createTask.js";
import { lateMessageOf } from "../tasks/lateMessage.js";
import { checkAwaitables } from "./arguments.js";

/** What awaiting gives. A Coroutine or generator is told by its own type, since both also look like other things. */
export type Outcome<A> =
  A extends PromiseLike<infer T> ? T : A extends Generator<unknown, infer T, infer _Sent> ? T : never;

type Outcomes<A extends readonly unknown[]> = { -readonly [K in keyof A]: Outcome<A[K]> };
type Settled<A extends readonly unknown[]> = { -readonly [K in keyof A]: unknown };

/**
 * The outer Future. It observes its children: in the moment a child settles, a counter is lowered; only the last child,
 * or the first to fail, makes the gathering ready to run, and what follows happens in that turn of the loop, as if each
 * child had a done callback of its own (in asyncio the others do nothing that could be seen).
 */
class Gathering implements Observer, Owner {
  readonly outer: Future<unknown[]>;
  private readonly children: readonly Future<unknown>[];
  private readonly returnExceptions: boolean;
  declare private unsettled: number;
  /** The child whose failure ends the gathering, between its settling and that turn. */
  declare private failed: Future<unknown> | null;
  declare private cancelRequested: boolean;
  declare private observer: number;
  declare private isScheduled: boolean;

  constructor(loop: EventLoop, children: readonly Future<unknown>[], returnExceptions: boolean) {
    this.outer = new Future(loop._asOption);
    this.outer._owner = this;
    this.children = children;
    this.returnExceptions = returnExceptions;
    this.failed = null;
    this.cancelRequested = false;
    this.observer = 0;
    this.isScheduled = false;
    this.unsettled = 0;
  }

  /** @internal Children that are done count at once, in order; the others are observed. */
  start(): void {
    const finished: Future<unknown>[] = [];
    this.unsettled = this.children.length;
    for (const child of this.children) {
      if ((child._flags & STATE_MASK) !== 0) {
        finished.push(child);
        continue;
      }
      if (this.observer === 0) this.observer = this.outer._loop._core.take(KIND_OBSERVER, this);
      addWaiter(child, (this.observer << ENTRY_SHIFT) | ENTRY_OBSERVER);
    }
    for (const child of finished) this.childDone(child);
  }

  /** @internal */
  _observe(child: Future<unknown>): void {
    this.unsettled--;
    const state = child._flags & STATE_MASK;
    const ends = state !== FINISHED && !this.returnExceptions && this.failed === null;
    if (ends) this.failed = child;
    // asyncio looks at the exceptions of those that fail later, and drops them.
    else if (this.failed !== null) child._markRetrieved();
    if ((ends || this.unsettled === 0) && !this.isScheduled) {
      this.isScheduled = true;
      this.outer._loop._core.push((this.observer << ENTRY_SHIFT) | ENTRY_OBSERVER);
    }
  }

  /** @internal */
  _run(): void {
    this.isScheduled = false;
    this.conclude();
    if (this.unsettled === 0) this.outer._loop._core.release(this.observer);
  }

  /** @internal Cancels the children; the gathering itself ends when they have. False when every child is done. */
  _cancel(_outer: Future<unknown>, msg: unknown): boolean {
    let asked = false;
    for (const child of this.children) if (child.cancel(msg)) asked = true;
    if (asked) this.cancelRequested = true;
    return asked;
  }

  private childDone(child: Future<unknown>): void {
    this.unsettled--;
    if ((child._flags & STATE_MASK) !== FINISHED && !this.returnExceptions) this.failed ??= child;
    this.conclude();
  }

  private conclude(): void {
    if (this.outer.done()) {
      for (const child of this.children) child._markRetrieved();
    } else if (this.failed !== null) {
      const child = this.failed;
      const isCancelled = child.cancelled();
      this.outer._fail(isCancelled ? child._takeCancelledError() : child.exception());
    } else if (this.unsettled === 0) {
      this.complete();
    }
  }

  private complete(): void {
    const { children } = this;
    const results = new Array<unknown>(children.length);
    for (let i = 0; i < children.length; i++) results[i] = outcomeOf(children[i]!);
    const last = this.children[this.children.length - 1]!;
    if (this.cancelRequested) this.outer._fail(cancellationOf(last));
    else this.outer._settle(FINISHED, results);
  }

  /** @internal */
  get _kind(): string {
    return "Gathering";
  }
}

keepShape((loop) => new Gathering(loop, [], false));

/** A cancelled gathering ends with the cancellation of its last child, or what that child knew of one it survived. */
function cancellationOf(last: Future<unknown>): CancelledError {
  return last.cancelled() ? last._takeCancelledError() : new CancelledError(lateMessageOf(last));
}

/** An exception stands in the list like a result. */
function outcomeOf(child: Future<unknown>): unknown {
  const state = child._flags & STATE_MASK;
  if (state === CANCELLED) return new CancelledError(child._cancelMessage() ?? "");
  if (state === FAILED) return child.exception();
  return child._value;
}

/**
 * Runs awaitables concurrently; a Future of their results, in the order of the arguments. The first failure is the
 * gathering's own, the others go on. With `returnExceptions` failures stand in the list instead. Cancelling it cancels
 * every child.
 */
export function gather<const A extends readonly Awaitable<unknown>[] | []>(
  awaitables: A,
  options?: { returnExceptions?: false },
): Future<Outcomes<A>>;
export function gather<const A extends readonly Awaitable<unknown>[] | []>(
  awaitables: A,
  options: { returnExceptions: boolean },
): Future<Settled<A>>;
export function gather<T>(
  awaitables: Iterable<Awaitable<T>> & { then?: never },
  options?: { returnExceptions?: false },
): Future<T[]>;
export function gather(
  awaitables: Iterable<Awaitable<unknown>> & { then?: never },
  options: { returnExceptions: boolean },
): Future<unknown[]>;
export function gather(
  awaitables: Iterable<Awaitable<unknown>>,
  options?: { returnExceptions?: boolean },
): Future<unknown> {
  const list = checkAwaitables(awaitables, "gather");
  if (list.length === 0) {
    const empty = findLoop().createFuture<unknown[]>();
    empty.setResult([]);
    return empty;
  }
  let loop = running.loop ?? undefined;
  const children = new Array<Future<unknown>>(list.length);
  for (let i = 0; i < list.length; i++) {
    const awaitable = list[i]!;
    const child =
      loop !== undefined && isFreshGenerator<unknown>(awaitable)
        ? loop.createTask(awaitable)
        : (repeated(awaitable, list, children) ?? ensureFutureOn(loop, awaitable));
    loop ??= child.getLoop();
    children[i] = child;
  }
  const gathering = new Gathering(loop!, children, options?.returnExceptions === true);
  gathering.start();
  return gathering.outer;
}

/** The child made of an earlier occurrence of the same coroutine. A repeated Future may simply count twice. */
function repeated(
  awaitable: Awaitable<unknown>,
  list: readonly Awaitable<unknown>[],
  children: readonly Future<unknown>[],
): Future<unknown> | undefined {
  if (awaitable instanceof Coroutine ? awaitable._state === FRESH : !isGenerator(awaitable)) return undefined;
  return children[list.indexOf(awaitable)];
}
