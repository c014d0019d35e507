import { thread } from "../context/current.js";
import { checkMilliseconds } from "../errors/checks.js";
import { raise } from "../errors/raise.js";
import { Future, type Owner } from "../futures/future.js";
import { promiseOf } from "../futures/promiseOf.js";
import { CANCELLED, FINISHED, STATE_MASK, YIELDED } from "../futures/state.js";
import { currentWaiter } from "../futures/waiter.js";
import type { EventLoop } from "../loop/eventLoop.js";
import { findLoop } from "../loop/running.js";
import { keepShape } from "../loop/shapes.js";
import { DONE, SUSPENDED } from "../loop/suspension.js";
import type { Payload } from "../wasm/core.js";
import { drivenTwice, FRESH, type Coroutine } from "./coroutine.js";
import { Operation } from "./operation.js";
import type { Task } from "./task.js";

/** A timer of the core that settles a Future; both end together. The operation is the timer's payload itself. */
class Sleep<T> extends Operation<T> implements Payload, Owner {
  declare private readonly delay: number;
  declare private readonly outcome: T;
  declare private future: Future<T> | null;
  declare private timer: number;
  declare private meta: number;

  constructor(delay: number, outcome: T) {
    super();
    this.delay = delay;
    this.outcome = outcome;
    this.future = null;
    this.timer = 0;
    this.meta = 0;
  }

  override next(): IteratorResult<unknown, unknown> {
    const { future } = this;
    if (this.isFirst()) {
      const task = currentWaiter() as Task<unknown>;
      const begun = this.begin(task._loop) as Future<unknown>;
      try {
        task._waitFor(begun);
      } catch (error) {
        this.throw(error);
      }
      return SUSPENDED;
    }
    this.close();
    if ((future!._flags & STATE_MASK) !== FINISHED) raise(future!._failure());
    DONE.value = this.outcome;
    return DONE;
  }

  override throw(error: unknown): never {
    this.future?.cancel();
    return super.throw(error);
  }

  /** @internal */
  protected override asPromise(): Promise<T> {
    if (this._state === FRESH) {
      const loop = this.home();
      this._claim();
      this._link = this.begin(loop);
    }
    const { future } = this;
    return future === null || this._link !== future ? Promise.reject(drivenTwice(this)) : promiseOf(future);
  }

  /** @internal The timer is due; its slot has left the heap. */
  _run(): void {
    const future = this.future!;
    future._loop._closeTimer(this.timer);
    this.timer = 0;
    if (!future.done()) future._settle(FINISHED, this.outcome);
  }

  /** @internal */
  _cancel(future: Future<unknown>, msg: unknown): boolean {
    if (this.timer !== 0 && future._loop._cancelTimer(this.timer, this.meta)) this.timer = 0;
    future._settle(CANCELLED, msg);
    return true;
  }

  /** @internal */
  get _kind(): string {
    return `sleep(${this.delay})`;
  }

  private begin(loop: EventLoop): Future<T> {
    const future = new Future<T>(loop._asOption);
    this.timer = loop._openTimer(loop.time() + this.delay, this);
    this.meta = loop._timerMeta(this.timer);
    future._owner = this;
    return (this.future = future);
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
    const task = (thread.current.task ?? currentWaiter()) as Task<unknown>;
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

  /** @internal */
  protected override asPromise(): Promise<T> {
    const future = findLoop().createFuture<T>();
    future.getLoop().callSoon(() => {
      if (!future.done()) future.setResult(this.outcome);
    });
    return promiseOf(future);
  }

  /** @internal */
  override _take(): void {}
}

keepShape(() => new Sleep(1, undefined));

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
