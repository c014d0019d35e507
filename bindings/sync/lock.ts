import { RuntimeError } from "../errors/errors.js";
import { keepShape } from "../loop/shapes.js";
import { DONE } from "../loop/suspension.js";
import type { Body } from "../tasks/awaitable.js";
import type { Coroutine } from "../tasks/coroutine.js";
import { Guard, withGuard } from "./guard.js";
import { describeWaiters, Primitive } from "./primitive.js";
import { Waiters, type Waiter } from "./waiters.js";
import { WaitOperation } from "./waitOperation.js";

export interface LockStatistics {
  readonly locked: boolean;
  readonly tasksWaiting: number;
}

class AcquireLock extends WaitOperation<Guard> {
  private readonly lock: Lock;

  constructor(lock: Lock) {
    super();
    this.lock = lock;
  }

  override next(): IteratorResult<unknown, unknown> {
    const { lock } = this;
    if (!this.isFirst()) this.resume(lock._waiters);
    else if (lock._isLocked || lock._waiters.waiting > 0) return this.wait(lock._waiters);
    this.close();
    lock._isLocked = true;
    DONE.value = new Guard(lock);
    return DONE;
  }

  /** A free lock must have its first waiter woken: perhaps it was this one, perhaps this one stood in the way. */
  protected override withdraw(waiter: Waiter): void {
    this.lock._waiters.leave(waiter);
    if (!this.lock._isLocked) this.lock._waiters.wakeFirst();
  }
}

/**
 * Mutual exclusion between tasks, in the order of their asking. Not owned: any task may release it. `release()` wakes the
 * first task that waits; the lock stays free until that task runs, and nobody else takes it meanwhile.
 */
export class Lock extends Primitive {
  /** @internal */
  declare _isLocked: boolean;
  /** @internal */
  readonly _waiters: Waiters;

  constructor() {
    super();
    this._isLocked = false;
    this._waiters = new Waiters(this, "acquire");
  }

  /** Whether the lock is taken; false between a release and the step of the task that it has woken. */
  locked(): boolean {
    return this._isLocked;
  }

  /** Waits until the lock is free and takes it; a guard that releases it. Does not suspend when the lock is free. */
  acquire(): Coroutine<Guard> {
    return new AcquireLock(this);
  }

  /** Frees the lock and wakes the first task that waits for it. RuntimeError when it is not locked. */
  release(): void {
    if (!this._isLocked) {
      throw new RuntimeError("Lock is not acquired: release() without an acquire() before it, or a second release()");
    }
    this._isLocked = false;
    this._waiters.wakeFirst();
  }

  /** Runs `body` while holding the lock; gives its result. */
  with<T>(body: Body<T, [guard: Guard]>): Coroutine<T> {
    return withGuard(this, body);
  }

  /** A frozen snapshot. */
  statistics(): LockStatistics {
    return Object.freeze({ locked: this._isLocked, tasksWaiting: this._waiters.waiting });
  }

  protected override describeState(): string {
    return (this._isLocked ? "locked" : "unlocked") + describeWaiters(this._waiters.waiting);
  }
}

keepShape(() => new AcquireLock(new Lock()));
