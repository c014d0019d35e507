import { isCancelled, type CancelledError } from "../errors/cancelledError.js";
import { checkCallback, checkInteger, describe } from "../errors/checks.js";
import { RuntimeError } from "../errors/errors.js";
import { currentWaiter } from "../futures/waiter.js";
import type { Body, Steps } from "../tasks/awaitable.js";
import { Coroutine } from "../tasks/coroutine.js";
import type { Task } from "../tasks/task.js";
import { withGuard, type Guard } from "./guard.js";
import { Lock, type LockStatistics } from "./lock.js";
import { describeWaiters, Primitive } from "./primitive.js";
import { Waiters } from "./waiters.js";

export interface ConditionStatistics {
  /** Tasks in `wait()` that have not been notified. */
  readonly tasksWaiting: number;
  readonly lock: LockStatistics;
}

/** Whatever happens, the lock is held again at the end; of several cancellations on the way the last one is raised. */
function* reacquire(lock: Lock): Steps<void> {
  let cancelled: CancelledError | null = null;
  for (;;) {
    try {
      yield* lock.acquire();
      break;
    } catch (error) {
      if (!isCancelled(error)) throw error;
      cancelled = error;
    }
  }
  if (cancelled !== null) throw cancelled;
}

/**
 * Tasks wait, holding a lock, until another task that holds it notifies them. A notified task returns from `wait()` when
 * it has the lock again; wake-ups without a reason are possible, so `waitFor` or a loop checks again.
 */
export class Condition extends Primitive {
  private readonly lock: Lock;
  private readonly waiters: Waiters;

  /** Several conditions may share one lock. */
  constructor(lock: Lock = new Lock()) {
    super();
    if (!(lock instanceof Lock)) throw new TypeError(`Condition expects a Lock, got ${describe(lock)}`);
    this.lock = lock;
    this.waiters = new Waiters(this, "wait");
  }

  /** Whether the lock is taken. */
  locked(): boolean {
    return this.lock.locked();
  }

  /** Acquires the lock; a guard that releases it. */
  acquire(): Coroutine<Guard> {
    return this.lock.acquire();
  }

  /** Releases the lock. RuntimeError when it is not locked. */
  release(): void {
    this.lock.release();
  }

  /** Runs `body` while holding the lock; gives its result. */
  with<T>(body: Body<T, [guard: Guard]>): Coroutine<T> {
    return withGuard(this, body);
  }

  /**
   * Releases the lock, waits to be notified, acquires the lock again; gives true. RuntimeError when the lock is not
   * locked. A task that is cancelled here has the lock again, too, when CancelledError is raised.
   */
  wait(): Coroutine<true> {
    return new Coroutine(this.untilNotified());
  }

  /** Waits until `predicate()` is truthy, and gives its value. It is called at once and after each notification. */
  waitFor<T>(predicate: () => T): Coroutine<T> {
    checkCallback(predicate, "waitFor");
    return new Coroutine(this.untilTrue(predicate));
  }

  /** Wakes `n` of the tasks that wait, in their order. RuntimeError when the lock is not locked. */
  notify(n = 1): void {
    this.checkLocked("notify");
    checkInteger(n, "notify's count");
    for (let i = 0; i < n && this.waiters.wakeNext(); i++);
  }

  /** Wakes all tasks that wait. RuntimeError when the lock is not locked. */
  notifyAll(): void {
    this.checkLocked("notify");
    this.waiters.wakeAll();
  }

  /** A frozen snapshot. */
  statistics(): ConditionStatistics {
    return Object.freeze({ tasksWaiting: this.waiters.waiting, lock: this.lock.statistics() });
  }

  protected override describeState(): string {
    return (this.locked() ? "locked" : "unlocked") + describeWaiters(this.waiters.waiting);
  }

  private *untilNotified(): Steps<true> {
    this.checkLocked("wait");
    const loop = (currentWaiter() as Task<unknown>)._loop;
    const waiter = this.waiters.append(loop);
    this.lock.release();
    try {
      try {
        yield* waiter;
      } finally {
        this.waiters.leave(waiter);
        yield* reacquire(this.lock);
      }
    } catch (error) {
      // The notification, if there was one, goes to another task; that may be a wake-up without a reason.
      this.waiters.wakeNext();
      throw error;
    }
    return true;
  }

  private *untilTrue<T>(predicate: () => T): Steps<T> {
    let result = predicate();
    while (!result) {
      yield* this.wait();
      result = predicate();
    }
    return result;
  }

  private checkLocked(what: string): void {
    if (this.locked()) return;
    throw new RuntimeError(`cannot ${what} on un-acquired lock: acquire the condition first, or use with()`);
  }
}
