import { ENTRY_OBSERVER, ENTRY_SHIFT, KIND_OBSERVER } from "../../assembly/codes.js";
import type { Future } from "../futures/future.js";
import { FAILED, STATE_MASK } from "../futures/state.js";
import { addWaiter, type Observer } from "../futures/waiters.js";
import type { EventLoop } from "../loop/eventLoop.js";
import type { Task } from "../tasks/task.js";
import type { Core, Payload } from "../wasm/core.js";

/**
 * The tasks of a group that are not done. In asyncio each has a done callback; here the set observes them, and takes a
 * turn of the loop, in the place of that callback, only for a task that failed or was the last.
 */
export class GroupTasks implements Observer {
  /** @internal The group's parent, which awaits its tasks from their start, as in asyncio. */
  readonly outer: Task<unknown>;
  private readonly loop: EventLoop;
  private readonly onDone: (task: Task<unknown>) => void;
  private readonly unsettled: Set<Task<unknown>>;
  /** Those whose turn is in the ready ring, in that order, from `turn` on. */
  private readonly settled: Task<unknown>[];
  declare private turn: number;
  /** The slot that observes; 0 while there is nothing to observe. */
  declare private slot: number;
  /** That slot stands in the ready ring, where it must not stand twice; a turn that comes meanwhile is a callback. */
  declare private isInRing: boolean;

  /** `onDone` is called for a task that failed or was the last, in its turn. */
  constructor(parent: Task<unknown>, onDone: (task: Task<unknown>) => void) {
    this.outer = parent;
    this.loop = parent._loop;
    this.onDone = onDone;
    this.unsettled = new Set();
    this.settled = [];
    this.turn = 0;
    this.slot = 0;
    this.isInRing = false;
  }

  get size(): number {
    return this.unsettled.size + this.settled.length - this.turn;
  }

  add(task: Task<unknown>): void {
    if (this.slot === 0) this.slot = this.loop._core.take(KIND_OBSERVER, this);
    if (task.done()) {
      this.takeTurn(task);
      if (this.loop._asleep) this.loop._rouse();
      return;
    }
    this.unsettled.add(task);
    addWaiter(task, (this.slot << ENTRY_SHIFT) | ENTRY_OBSERVER);
  }

  /** Oldest first. */
  cancelAll(): void {
    for (const task of this.unsettled) task.cancel();
  }

  /** @internal */
  _observe(future: Future<unknown>): void {
    const task = future as Task<unknown>;
    this.unsettled.delete(task);
    if (this.unsettled.size === 0 || (task._flags & STATE_MASK) === FAILED) this.takeTurn(task);
  }

  /** @internal */
  _run(): void {
    this.isInRing = false;
    this._endTurn();
  }

  /** @internal */
  _endTurn(): void {
    const task = this.settled[this.turn++]!;
    if (this.turn === this.settled.length) {
      this.settled.length = 0;
      this.turn = 0;
    }
    if (this.size === 0) {
      this.loop._core.release(this.slot);
      this.slot = 0;
    }
    this.onDone(task);
  }

  private takeTurn(task: Task<unknown>): void {
    this.settled.push(task);
    if (this.isInRing) {
      new Turn(this.loop._core, this);
      return;
    }
    this.isInRing = true;
    this.loop._core.push((this.slot << ENTRY_SHIFT) | ENTRY_OBSERVER);
  }
}

/** One more turn of a group that has one in the ready ring already. */
class Turn implements Payload {
  private readonly core: Core;
  private readonly group: GroupTasks;
  private readonly slot: number;

  constructor(core: Core, group: GroupTasks) {
    this.core = core;
    this.group = group;
    this.slot = core.openCallback(this);
  }

  /** @internal */
  _run(): void {
    this.core.release(this.slot);
    this.group._endTurn();
  }
}
