import { current } from "../context/current.js";
import { checkMilliseconds } from "../errors/checks.js";
import { Future } from "../futures/future.js";
import { promiseOf } from "../futures/promiseOf.js";
import { FINISHED, STATE_MASK, YIELDED } from "../futures/state.js";
import { currentWaiter } from "../futures/waiter.js";
import type { EventLoop } from "../loop/eventLoop.js";
import { findLoop } from "../loop/running.js";
import { keepShape } from "../loop/shapes.js";
import { DONE, SUSPENDED } from "../loop/suspension.js";
import type { Payload } from "../wasm/core.js";
import type { Coroutine } from "./coroutine.js";
import { Operation } from "./operation.js";
import type { Task } from "./task.js";

/** A Future that a timer of the core settles; the timer ends with it. */
class TimerFuture<T> extends Future<T> implements Payload {
  declare private timer: number;
  declare private meta: number;
  private readonly outcome: T;

  constructor(loop: EventLoop, delay: number, outcome: T) {
    super({ loop });
    this.outcome = outcome;
    this.timer = loop._openTimer(loop.time() + delay, this);
    this.meta = loop._timerMeta(this.timer);
  }

  /** @internal The timer is due; its slot has left the heap. */
  _run(): void {
    this._loop._closeTimer(this.timer);
    this.timer = 0;
    if (!this.done()) this._settle(FINISHED, this.outcome);
  }

  override cancel(msg?: unknown): boolean {
    if (this.timer !== 0 && this._loop._cancelTimer(this.timer, this.meta)) this.timer = 0;
    return super.cancel(msg);
  }
}

class Sleep<T> extends Operation<T> {
  private readonly delay: number;
  private readonly outcome: T;
  declare private timer: TimerFuture<T> | null;

  constructor(delay: number, outcome: T) {
    super();
    this.delay = delay;
    this.outcome = outcome;
    this.timer = null;
  }

  override next(): IteratorResult<unknown, unknown> {
    if (this.isFirst()) {
      const task = currentWaiter() as Task<unknown>;
      this.timer = new TimerFuture(task._loop, this.delay, this.outcome);
      task._waitFor(this.timer as Future<unknown>);
      return SUSPENDED;
    }
    this.close();
    if ((this.timer!._flags & STATE_MASK) !== FINISHED) this.timer!.result();
    DONE.value = this.outcome;
    return DONE;
  }

  override throw(error: unknown): never {
    this.timer?.cancel();
    return super.throw(error);
  }

  override then<R = T, E = never>(
    onFulfilled?: ((value: T) => R | PromiseLike<R>) | null,
    onRejected?: ((reason: unknown) => E | PromiseLike<E>) | null,
  ): Promise<R | E> {
    if (this.timer === null) {
      this._claim();
      this.timer = new TimerFuture(findLoop(), this.delay, this.outcome);
    }
    return promiseOf(this.timer).then(onFulfilled, onRejected);
  }
}

/** sleep(0): one pass through the loop. Stateless, the task itself knows that it has given way. */
class GiveWay<T> extends Operation<T> {
  private readonly outcome: T;

  constructor(outcome: T) {
    super();
    this.outcome = outcome;
  }

  override next(): IteratorResult<unknown, unknown> {
    const task = (current.task ?? currentWaiter()) as Task<unknown>;
    if ((task._flags & YIELDED) === 0) {
      task._flags |= YIELDED;
      task._giveWay();
      return SUSPENDED;
    }
    task._flags &= ~YIELDED;
    DONE.value = this.outcome;
    return DONE;
  }

  override throw(error: unknown): never {
    (currentWaiter() as Task<unknown>)._flags &= ~YIELDED;
    throw error;
  }

  /** The one object of all sleep(0) is never closed. */
  override return(value: unknown): IteratorResult<unknown, unknown> {
    return { value, done: true };
  }

  override then<R = T, E = never>(
    onFulfilled?: ((value: T) => R | PromiseLike<R>) | null,
    onRejected?: ((reason: unknown) => E | PromiseLike<E>) | null,
  ): Promise<R | E> {
    const future = findLoop().createFuture<T>();
    future.getLoop().callSoon(() => {
      if (!future.done()) future.setResult(this.outcome);
    });
    return promiseOf(future).then(onFulfilled, onRejected);
  }
}

keepShape(() => new Sleep(1, undefined));
keepShape((loop) => new TimerFuture(loop, 1, undefined));

const giveWay = new GiveWay<undefined>(undefined);

/**
 * Waits `delay` milliseconds, never less; zero or less is exactly one pass through the loop. Gives `result`. Its `then`
 * needs no task.
 */
export function sleep(delay: number): Coroutine<undefined>;
export function sleep<T>(delay: number, result: T): Coroutine<T>;
export function sleep<T>(delay: number, result?: T): Coroutine<T | undefined> {
  checkMilliseconds(delay, "sleep");
  if (delay > 0) return new Sleep(delay, result);
  return result === undefined ? giveWay : new GiveWay(result);
}
