import { raise } from "../errors/raise.js";
import { FINISHED, STATE_MASK } from "../futures/state.js";
import { currentWaiter } from "../futures/waiter.js";
import { SUSPENDED } from "../loop/suspension.js";
import { DRIVEN } from "../tasks/coroutine.js";
import { Operation } from "../tasks/operation.js";
import type { Task } from "../tasks/task.js";
import type { Waiter, Waiters } from "./waiters.js";

/**
 * An operation that may have to wait in a line. Each has a `next` of its own, so that the engine sees one class in it;
 * what happens when the wait ends by an error stands here, once.
 */
export abstract class WaitOperation<T> extends Operation<T> {
  declare private waiter: Waiter | null;

  constructor() {
    super();
    this.waiter = null;
  }

  /**
   * @internal The task is back without its turn: takes `waiter` out of its line, and hands on what it was woken for if it
   * was.
   */
  protected abstract withdraw(waiter: Waiter): void;

  /** The current task waits at the end of the line; to be returned from `next`. */
  protected wait(waiters: Waiters): IteratorResult<never, never> {
    let task: Task<unknown>;
    try {
      task = currentWaiter() as Task<unknown>;
      this.waiter = waiters.append(task._loop);
    } catch (error) {
      this.close();
      throw error;
    }
    task._waitFor(this.waiter);
    return SUSPENDED;
  }

  /** In a later `next`: the task's turn has come. Throws the CancelledError if it was cancelled instead. */
  protected resume(waiters: Waiters): void {
    const waiter = this.waiter!;
    if ((waiter._flags & STATE_MASK) !== FINISHED) {
      this.abandon();
      raise(waiter._failure());
    }
    waiters.leave(waiter);
  }

  override throw(error: unknown): never {
    this.abandon();
    throw error;
  }

  override return(value: unknown): IteratorResult<unknown, unknown> {
    this.abandon();
    return { value, done: true };
  }

  private abandon(): void {
    const isWaiting = this._state === DRIVEN;
    this.close();
    if (isWaiting && this.waiter !== null) this.withdraw(this.waiter);
  }
}
