import { checkInteger } from "../errors/checks.js";
import { ValueError } from "../errors/errors.js";
import { FINISHED, STATE_MASK } from "../futures/state.js";
import { keepShape } from "../loop/shapes.js";
import { DONE } from "../loop/suspension.js";
import type { Body } from "../tasks/awaitable.js";
import type { Coroutine } from "../tasks/coroutine.js";
import { Guard, withGuard } from "./guard.js";
import { describeWaiters, Primitive } from "./primitive.js";
import { Waiters, type Waiter } from "./waiters.js";
import { WaitOperation } from "./waitOperation.js";

export interface SemaphoreStatistics {
  /** Permits that nobody has taken. */
  readonly value: number;
  readonly locked: boolean;
  readonly tasksWaiting: number;
}

class AcquireSemaphore extends WaitOperation<Guard> {
  private readonly semaphore: Semaphore;

  constructor(semaphore: Semaphore) {
    super();
    this.semaphore = semaphore;
  }

  override next(): IteratorResult<unknown, unknown> {
    const { semaphore } = this;
    if (!this.isFirst()) {
      this.resume(semaphore._waiters);
      semaphore._handOut();
    } else if (semaphore.locked()) {
      return this.wait(semaphore._waiters);
    } else {
      semaphore._value--;
    }
    this.close();
    DONE.value = new Guard(semaphore);
    return DONE;
  }

  /** A woken waiter holds a permit already; it goes back. */
  protected override withdraw(waiter: Waiter): void {
    this.semaphore._waiters.leave(waiter);
    if ((waiter._flags & STATE_MASK) === FINISHED) this.semaphore._value++;
    this.semaphore._handOut();
  }
}

/**
 * A number of permits. `release()` gives the permit to the first task that waits, at once: it is taken before that task
 * runs. Who asks while others wait goes to the end of the line, even when a permit is free.
 */
export class Semaphore extends Primitive {
  /** @internal Permits that are neither taken nor given to a woken waiter. */
  declare _value: number;
  /** @internal */
  readonly _waiters: Waiters;

  /** TypeError unless `value` is an integer, ValueError when it is negative. */
  constructor(value = 1) {
    checkInteger(value, `${new.target.name}'s value`);
    if (value < 0) {
      throw new ValueError(`${new.target.name}'s value is the number of permits, 0 or more; got ${value}`);
    }
    super();
    this._value = value;
    this._waiters = new Waiters(this, "acquire");
  }

  /** Whether `acquire()` would have to wait. */
  locked(): boolean {
    return this._value === 0 || this._waiters.waiting > 0;
  }

  /** Waits for a permit; a guard that gives it back. Does not suspend when one is free and nobody waits. */
  acquire(): Coroutine<Guard> {
    return new AcquireSemaphore(this);
  }

  /** Gives a permit back, to the first task that waits if there is one. */
  release(): void {
    this._value++;
    if (this._waiters.wakeNext()) this._value--;
  }

  /** Runs `body` while holding a permit; gives its result. */
  with<T>(body: Body<T, [guard: Guard]>): Coroutine<T> {
    return withGuard(this, body);
  }

  /** @internal Permits can have come free while their takers were kept in line; wakes as many as there are. */
  _handOut(): void {
    while (this._value > 0 && this._waiters.wakeNext()) this._value--;
  }

  /** A frozen snapshot. */
  statistics(): SemaphoreStatistics {
    return Object.freeze({ value: this._value, locked: this.locked(), tasksWaiting: this._waiters.waiting });
  }

  protected override describeState(): string {
    return (this.locked() ? "locked" : `unlocked, value:${this._value}`) + describeWaiters(this._waiters.waiting);
  }
}

/** A semaphore that notices when more is released than was acquired. */
export class BoundedSemaphore extends Semaphore {
  private readonly bound: number;

  constructor(value = 1) {
    super(value);
    this.bound = value;
  }

  /** As a semaphore's; ValueError when every permit has been given back already. */
  override release(): void {
    if (this._value >= this.bound) {
      throw new ValueError(
        `BoundedSemaphore released too many times: all of its ${this.bound} permit(s) are free; release once per acquire`,
      );
    }
    super.release();
  }
}

keepShape(() => new AcquireSemaphore(new Semaphore()));
