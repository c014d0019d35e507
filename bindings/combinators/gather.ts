import { ENTRY_OBSERVER, ENTRY_SHIFT, KIND_OBSERVER } from "../../assembly/codes.js";
import { CancelledError } from "../errors/cancelledError.js";
import { Future, type Owner } from "../futures/future.js";
import { CANCELLED, FAILED, FINISHED, STATE_MASK } from "../futures/state.js";
import { addWaiter, isObservedBy, removeWaiter, type Observer } from "../futures/waiters.js";
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
 *
 * A child is observed before the next one is made, since making that may run its first step. What settles in there takes
 * such a callback indeed: which child is the last is not known before all are there.
 */
class Gathering implements Observer, Owner {
  readonly outer: Future<unknown[]>;
  readonly children: Future<unknown>[];
  private readonly returnExceptions: boolean;
  /** Children that were done when they were added; they count when all are there. */
  declare private finished: Future<unknown>[] | null;
  declare private unsettled: number;
  /** Callbacks of single children to come; while children are added, one more. */
  declare private callbacks: number;
  /** The child whose failure ends the gathering, between its settling and that turn. */
  declare private failed: Future<unknown> | null;
  declare private cancelRequested: boolean;
  declare private observer: number;
  declare private isScheduled: boolean;

  constructor(loop: EventLoop, returnExceptions: boolean) {
    this.outer = new Future(loop._asOption);
    this.outer._owner = this;
    this.children = [];
    this.returnExceptions = returnExceptions;
    this.finished = null;
    this.unsettled = 0;
    this.callbacks = 1;
    this.failed = null;
    this.cancelRequested = false;
    this.observer = 0;
    this.isScheduled = false;
  }

  /** @internal A child that is named again keeps the place in which it was observed, and counts once. */
  add(child: Future<unknown>): void {
    if ((child._flags & STATE_MASK) === 0) {
      if (this.observer === 0) this.observer = this.outer._loop._core.take(KIND_OBSERVER, this);
      if (!isObservedBy(child, this.entry())) {
        this.unsettled++;
        addWaiter(child, this.entry());
      }
    } else if (this.callbacks === 1 || !this.children.includes(child)) {
      // Only while a callback is to come may one that is done have been observed.
      (this.finished ??= []).push(child);
    }
    this.children.push(child);
  }

  /** @internal All children are there: those that were done count at once, in order. */
  begin(): void {
    this.callbacks--;
    const { finished } = this;
    if (finished === null) return;
    this.finished = null;
    this.unsettled += finished.length;
    for (const child of finished) this.childDone(child);
  }

  /** @internal An argument was refused, so nobody gets the outer Future: the children before it are let go. */
  abandon(): void {
    for (const child of this.children) this.unsettled -= removeWaiter(child, this.entry());
    this.callbacks--;
    this.outer._settle(CANCELLED, undefined);
    this.releaseIfSettled();
  }

  /** @internal */
  _observe(child: Future<unknown>): void {
    if (this.callbacks !== 0) {
      this.callbacks++;
      this.outer._loop.callSoon(() => this.callBack(child));
      return;
    }
    this.unsettled--;
    const state = child._flags & STATE_MASK;
    const ends = state !== FINISHED && !this.returnExceptions && this.failed === null;
    if (ends) this.failed = child;
    // asyncio looks at the exceptions of those that fail later, and drops them.
    else if (this.failed !== null) child._markRetrieved();
    if ((ends || this.unsettled === 0) && !this.isScheduled) {
      this.isScheduled = true;
      this.outer._loop._core.push(this.entry());
    }
  }

  /** Those that settle before the last such callback has been called get one too, to stand behind it. */
  private callBack(child: Future<unknown>): void {
    this.callbacks--;
    this.childDone(child);
    this.releaseIfSettled();
  }

  /** @internal */
  _run(): void {
    this.isScheduled = false;
    this.conclude();
    this.releaseIfSettled();
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
    if (this.outer.done()) child._markRetrieved();
    else this.conclude();
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

  private entry(): number {
    return (this.observer << ENTRY_SHIFT) | ENTRY_OBSERVER;
  }

  private releaseIfSettled(): void {
    if (this.unsettled === 0 && this.observer !== 0) this.outer._loop._core.release(this.observer);
  }

  /** @internal */
  get _kind(): string {
    return "Gathering";
  }
}

keepShape((loop) => new Gathering(loop, false));

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
  let gathering: Gathering | undefined;
  try {
    for (const awaitable of list) {
      const child =
        loop !== undefined && isFreshGenerator<unknown>(awaitable)
          ? loop.createTask(awaitable)
          : (repeated(awaitable, list, gathering) ?? ensureFutureOn(loop, awaitable));
      loop ??= child.getLoop();
      gathering ??= new Gathering(loop, options?.returnExceptions === true);
      gathering.add(child);
    }
  } catch (error) {
    gathering?.abandon();
    throw error;
  }
  gathering!.begin();
  return gathering!.outer;
}

/** The child made of an earlier occurrence of the same coroutine. */
function repeated(
  awaitable: Awaitable<unknown>,
  list: readonly Awaitable<unknown>[],
  gathering: Gathering | undefined,
): Future<unknown> | undefined {
  if (awaitable instanceof Coroutine ? awaitable._state === FRESH : !isGenerator(awaitable)) return undefined;
  return gathering?.children[list.indexOf(awaitable)];
}
