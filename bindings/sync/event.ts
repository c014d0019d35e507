import { keepShape } from "../loop/shapes.js";
import { DONE } from "../loop/suspension.js";
import type { Coroutine } from "../tasks/coroutine.js";
import { describeWaiters, Primitive } from "./primitive.js";
import { Waiters, type Waiter } from "./waiters.js";
import { WaitOperation } from "./waitOperation.js";

export interface EventStatistics {
  readonly isSet: boolean;
  readonly tasksWaiting: number;
}

class WaitForEvent extends WaitOperation<true> {
  private readonly event: Event;

  constructor(event: Event) {
    super();
    this.event = event;
  }

  override next(): IteratorResult<unknown, unknown> {
    const { event } = this;
    if (!this.isFirst()) this.resume(event._waiters);
    else if (!event._isSet) return this.wait(event._waiters);
    this.close();
    DONE.value = true;
    return DONE;
  }

  protected override withdraw(waiter: Waiter): void {
    this.event._waiters.leave(waiter);
  }
}

/** A flag that tasks wait for. A task woken by `set()` returns from `wait()` even if the flag is cleared before it runs. */
export class Event extends Primitive {
  /** @internal */
  declare _isSet: boolean;
  /** @internal */
  readonly _waiters: Waiters;

  constructor() {
    super();
    this._isSet = false;
    this._waiters = new Waiters(this, "wait");
  }

  /** Whether `wait()` would return at once. */
  isSet(): boolean {
    return this._isSet;
  }

  /** Sets the flag and wakes every task that waits. */
  set(): void {
    if (this._isSet) return;
    this._isSet = true;
    this._waiters.wakeAll();
  }

  /** From now on `wait()` waits for the next `set()`. */
  clear(): void {
    this._isSet = false;
  }

  /** Waits until the flag is set; gives true. Does not suspend when it is set. */
  wait(): Coroutine<true> {
    return new WaitForEvent(this);
  }

  /** A frozen snapshot. */
  statistics(): EventStatistics {
    return Object.freeze({ isSet: this._isSet, tasksWaiting: this._waiters.waiting });
  }

  protected override describeState(): string {
    return (this._isSet ? "set" : "unset") + describeWaiters(this._waiters.waiting);
  }
}

keepShape(() => new WaitForEvent(new Event()));
