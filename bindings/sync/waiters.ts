// The one line that tasks stand in: every lock, event, condition, semaphore, barrier and queue has its tasks wait here.
//
// asyncio's rules, which all of them share: a waiter is woken, not served. Waking settles a Future; its task runs in a
// later iteration, looks again, and may have been cancelled meanwhile. So a waiter has three ends, and in each of them
// its task is the one that takes it out: woken, cancelled (its place stays until the task's step), or torn away by an
// error thrown into the task. A wake-up that its task can not use any more is handed on by the operation (`withdraw` in
// waitOperation.ts); the line itself never loses a place and never wakes on its own.
//
// A doubly linked list through the waiters: joining, taking the first and leaving from the middle are a few stores each.
// An array would be as cheap at its ends, but a waiter with a timeout leaves from the middle, again and again where
// nothing ever wakes the line. A waiter that was served is used again: nobody knows it any more once its task is back
// (measured: queue of one 265 / 210 ns an item).
import { Future } from "../futures/future.js";
import { FINISHED, STATE_MASK } from "../futures/state.js";
import type { EventLoop } from "../loop/eventLoop.js";
import { keepShape } from "../loop/shapes.js";
import type { Primitive } from "./primitive.js";

/** A place in the line, and the Future its task waits for. */
export class Waiter extends Future<void> {
  /** @internal The line it stands in; `null` once it has been taken out. */
  declare _line: Waiters | null;
  /** @internal */
  declare _ahead: Waiter | null;
  /** @internal */
  declare _behind: Waiter | null;

  constructor(loop: EventLoop) {
    super(loop._asOption);
    this._line = null;
    this._ahead = null;
    this._behind = null;
  }

  /** The place stays: whoever looks at the first in line still finds this one, until its task has run. */
  override cancel(msg?: unknown): boolean {
    if (!super.cancel(msg)) return false;
    this._line!.waiting--;
    return true;
  }

  /** @internal For whoever asks what a task waits for. */
  override _kind(): string {
    return this._line === null ? "Waiter" : `${this._line.purpose}() of ${this._line.owner.toString()}`;
  }
}

export class Waiters {
  readonly owner: Primitive;
  /** The method of the owner that waits here. */
  readonly purpose: string;
  declare private first: Waiter | null;
  declare private last: Waiter | null;
  /** Waiters that are not cancelled and whose tasks are not back in their steps; the woken ones count. */
  declare waiting: number;
  /** A waiter that has been served. */
  declare private spare: Waiter | null;

  constructor(owner: Primitive, purpose: string) {
    this.owner = owner;
    this.purpose = purpose;
    this.first = null;
    this.last = null;
    this.waiting = 0;
    this.spare = null;
  }

  /** A waiter at the end of the line. RuntimeError when tasks of another loop have waited at the owner. */
  append(loop: EventLoop): Waiter {
    this.owner._bind(loop);
    const ahead = this.last;
    const waiter = this.spare ?? new Waiter(loop);
    this.spare = null;
    waiter._flags = 0;
    waiter._line = this;
    waiter._ahead = ahead;
    if (ahead === null) this.first = waiter;
    else ahead._behind = waiter;
    this.last = waiter;
    this.waiting++;
    return waiter;
  }

  /** The task of `waiter` is back in its step, however that came about. */
  leave(waiter: Waiter): void {
    if ((waiter._flags & STATE_MASK) === 0) waiter.cancel();
    if (waiter._line !== null) this.unlink(waiter);
    if ((waiter._flags & STATE_MASK) !== FINISHED) return;
    this.waiting--;
    this.spare = waiter;
  }

  /** Wakes the first that is neither woken nor cancelled, and takes it out of the line; false when there is none. */
  wakeNext(): boolean {
    for (let waiter = this.first; waiter !== null; waiter = this.first) {
      this.unlink(waiter);
      if ((waiter._flags & STATE_MASK) !== 0) continue;
      waiter._settle(FINISHED, undefined);
      return true;
    }
    return false;
  }

  wakeAll(): void {
    while (this.wakeNext());
  }

  /** Wakes the first in line, which keeps its place until its task is back; nobody while a done waiter stands first. */
  wakeFirst(): void {
    const waiter = this.first;
    if (waiter !== null && (waiter._flags & STATE_MASK) === 0) waiter._settle(FINISHED, undefined);
  }

  private unlink(waiter: Waiter): void {
    const ahead = waiter._ahead;
    const behind = waiter._behind;
    if (ahead === null) this.first = behind;
    else ahead._behind = behind;
    if (behind === null) this.last = ahead;
    else behind._ahead = ahead;
    waiter._line = null;
    waiter._ahead = null;
    waiter._behind = null;
  }
}

keepShape((loop) => new Waiter(loop));
