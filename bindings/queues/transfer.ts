// put() and get() as they wait.
//
// A woken task looks again and may find that another one was quicker; then it goes to the end of the line. One that was
// woken and can not go on, because it was cancelled or its item has no place in the queue, wakes the next in its stead.
import { FINISHED, STATE_MASK } from "../futures/state.js";
import { DONE } from "../loop/suspension.js";
import type { Waiter } from "../sync/waiters.js";
import { WaitOperation } from "../sync/waitOperation.js";
import type { Queue } from "./queue.js";

export class Put<T> extends WaitOperation<void> {
  private readonly queue: Queue<T>;
  private readonly item: T;

  constructor(queue: Queue<T>, item: T) {
    super();
    this.queue = queue;
    this.item = item;
  }

  override next(): IteratorResult<unknown, unknown> {
    const { queue } = this;
    const isFirst = this.isFirst();
    if (!isFirst) this.resume(queue._putters);
    if (queue.full() && !queue._isShutdown) return this.wait(queue._putters);
    this.close();
    if (isFirst) queue.putNowait(this.item);
    else this.putWoken();
    DONE.value = undefined;
    return DONE;
  }

  protected override withdraw(waiter: Waiter): void {
    const { queue } = this;
    queue._putters.leave(waiter);
    if ((waiter._flags & STATE_MASK) === FINISHED && !queue.full()) queue._putters.wakeNext();
  }

  private putWoken(): void {
    const { queue } = this;
    try {
      queue.putNowait(this.item);
    } catch (error) {
      if (!queue.full()) queue._putters.wakeNext();
      throw error;
    }
  }
}

export class Get<T> extends WaitOperation<T> {
  private readonly queue: Queue<T>;

  constructor(queue: Queue<T>) {
    super();
    this.queue = queue;
  }

  override next(): IteratorResult<unknown, unknown> {
    const { queue } = this;
    const isFirst = this.isFirst();
    if (!isFirst) this.resume(queue._getters);
    if (queue.empty() && !queue._isShutdown) return this.wait(queue._getters);
    this.close();
    DONE.value = isFirst ? queue.getNowait() : this.getWoken();
    return DONE;
  }

  protected override withdraw(waiter: Waiter): void {
    const { queue } = this;
    queue._getters.leave(waiter);
    if ((waiter._flags & STATE_MASK) === FINISHED && !queue.empty()) queue._getters.wakeNext();
  }

  private getWoken(): T {
    const { queue } = this;
    try {
      return queue.getNowait();
    } catch (error) {
      if (!queue.empty()) queue._getters.wakeNext();
      throw error;
    }
  }
}

export class Join extends WaitOperation<void> {
  private readonly queue: Queue<unknown>;

  constructor(queue: Queue<unknown>) {
    super();
    this.queue = queue;
  }

  override next(): IteratorResult<unknown, unknown> {
    const { queue } = this;
    if (!this.isFirst()) this.resume(queue._joiners);
    else if (queue._unfinished > 0) return this.wait(queue._joiners);
    this.close();
    DONE.value = undefined;
    return DONE;
  }

  protected override withdraw(waiter: Waiter): void {
    this.queue._joiners.leave(waiter);
  }
}
