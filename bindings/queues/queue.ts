import { describe } from "../errors/checks.js";
import { ValueError } from "../errors/errors.js";
import { QueueEmpty, QueueFull, QueueShutDown } from "../errors/syncErrors.js";
import { keepShape } from "../loop/shapes.js";
import { Primitive } from "../sync/primitive.js";
import { Waiters } from "../sync/waiters.js";
import type { Coroutine } from "../tasks/coroutine.js";
import { Fifo } from "./fifo.js";
import type { Items } from "./items.js";
import { JoinLine } from "./joinLine.js";
import { QueueIterator } from "./queueIterator.js";
import { Get, Join, Put } from "./transfer.js";

export interface QueueStatistics {
  readonly qsize: number;
  readonly maxsize: number;
  /** Items put and not yet reported by `taskDone()`. */
  readonly unfinishedTasks: number;
  readonly tasksWaitingToGet: number;
  readonly tasksWaitingToPut: number;
  readonly tasksWaitingToJoin: number;
  readonly isShutdown: boolean;
}

/** toString() shows this many items. */
const SHOWN_ITEMS = 10;

/** Passes items from tasks to tasks, first in, first out. `put()` waits while there are `maxsize` items. */
export class Queue<T> extends Primitive implements AsyncIterable<T, undefined> {
  /** The number of items from which on the queue is full; without a bound when it is 0 or less, or Infinity. */
  readonly maxsize: number;
  private readonly items: Items<T>;
  /** @internal */
  readonly _getters: Waiters;
  /** @internal */
  readonly _putters: Waiters;
  /** @internal */
  readonly _joiners: Waiters;
  /** @internal Items put and not yet reported by taskDone(). */
  declare _unfinished: number;
  /** @internal */
  declare _isShutdown: boolean;

  /** TypeError unless `maxsize` is an integer or Infinity. The second parameter is for the library's own subclasses. */
  constructor(maxsize = 0, items: Items<T> = new Fifo()) {
    if (!Number.isInteger(maxsize) && maxsize !== Infinity) {
      throw new TypeError(`${new.target.name}'s maxsize must be an integer, 0 for no bound; got ${describe(maxsize)}`);
    }
    super();
    this.maxsize = maxsize;
    this.items = items;
    this._getters = new Waiters(this, "get");
    this._putters = new Waiters(this, "put");
    this._joiners = new Waiters(new JoinLine(this), "join");
    this._unfinished = 0;
    this._isShutdown = false;
  }

  /** The number of items in the queue. */
  qsize(): number {
    return this.items.length;
  }

  /** Whether `getNowait()` would find nothing. */
  empty(): boolean {
    return this.items.length === 0;
  }

  /** Whether there are `maxsize` items; never without a bound. */
  full(): boolean {
    return this.maxsize > 0 && this.items.length >= this.maxsize;
  }

  /** Puts an item, after waiting for room if the queue is full. QueueShutDown if it is shut down, before or meanwhile. */
  put(item: T): Coroutine<void> {
    return new Put(this, item);
  }

  /** Puts an item at once. QueueFull without room, QueueShutDown after shutdown(). */
  putNowait(item: T): void {
    if (this._isShutdown) throw new QueueShutDown("the queue is shut down: nothing more can be put");
    if (this.full()) {
      throw new QueueFull(`the queue is full (maxsize ${this.maxsize}): await put(), or ask full() first`);
    }
    this.items.add(item);
    this._unfinished++;
    this._getters.wakeNext();
  }

  /** The next item, after waiting for one if there is none. QueueShutDown if the queue is shut down and empty. */
  get(): Coroutine<T> {
    return new Get(this);
  }

  /** The next item, at once. QueueEmpty if there is none, QueueShutDown if there will never be one. */
  getNowait(): T {
    if (this.items.length === 0) {
      if (this._isShutdown) throw new QueueShutDown("the queue is shut down and empty: nothing more can be got");
      throw new QueueEmpty("the queue is empty: await get(), or ask empty() first");
    }
    const item = this.items.take();
    this._putters.wakeNext();
    return item;
  }

  /** The work on one item that was got is done. ValueError when that is said more often than items were put. */
  taskDone(): void {
    if (this._unfinished <= 0) {
      throw new ValueError("taskDone() called too many times: once for each item that was put is enough");
    }
    this._unfinished--;
    if (this._unfinished === 0) this._joiners.wakeAll();
  }

  /** Waits until `taskDone()` was called for each item that was put. */
  join(): Coroutine<void> {
    return new Join(this as Queue<unknown>);
  }

  /**
   * From now on `put()` raises QueueShutDown, and `get()` does when the queue is empty; who waits in them is woken.
   * `immediate` empties the queue at once; its items count as done.
   */
  shutdown(immediate = false): void {
    this._isShutdown = true;
    if (immediate) {
      this._unfinished = Math.max(0, this._unfinished - this.items.length);
      this.items.clear();
      if (this._unfinished === 0) this._joiners.wakeAll();
    }
    this._getters.wakeAll();
    this._putters.wakeAll();
  }

  /** `for await (const item of queue)`: gets item by item, until `get()` would raise QueueShutDown. */
  [Symbol.asyncIterator](): AsyncIterableIterator<T, undefined> {
    return new QueueIterator(this);
  }

  /** A frozen snapshot. */
  statistics(): QueueStatistics {
    return Object.freeze({
      qsize: this.items.length,
      maxsize: this.maxsize,
      unfinishedTasks: this._unfinished,
      tasksWaitingToGet: this._getters.waiting,
      tasksWaitingToPut: this._putters.waiting,
      tasksWaitingToJoin: this._joiners.waiting,
      isShutdown: this._isShutdown,
    });
  }

  /** As asyncio shows it: `<Queue maxsize=2 _queue=[1, 2] tasks=2>`. */
  override toString(): string {
    return `<${this.constructor.name} ${this.describeState()}>`;
  }

  protected override describeState(): string {
    const parts = [`maxsize=${this.maxsize}`];
    if (!this.empty()) parts.push(`_queue=[${this.describeItems()}]`);
    if (this._getters.waiting > 0) parts.push(`_getters[${this._getters.waiting}]`);
    if (this._putters.waiting > 0) parts.push(`_putters[${this._putters.waiting}]`);
    if (this._unfinished > 0) parts.push(`tasks=${this._unfinished}`);
    if (this._isShutdown) parts.push("shutdown");
    return parts.join(" ");
  }

  private describeItems(): string {
    const shown = this.items.list(SHOWN_ITEMS).map(describe).join(", ");
    const hidden = this.items.length - SHOWN_ITEMS;
    return hidden > 0 ? `${shown}, and ${hidden} more` : shown;
  }
}

keepShape(() => new Put(new Queue(), undefined));
keepShape(() => new Get(new Queue()));
