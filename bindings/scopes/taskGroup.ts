import { isCancelled, type CancelledError } from "../errors/cancelledError.js";
import { RuntimeError } from "../errors/errors.js";
import { showAsText } from "../errors/inspectForm.js";
import { ExceptionGroup } from "../errors/exceptionGroup.js";
import type { Future } from "../futures/future.js";
import { FAILED, STATE_MASK } from "../futures/state.js";
import { currentWaiter } from "../futures/waiter.js";
import type { Awaitable, Body, CoroutineLike, Steps } from "../tasks/awaitable.js";
import { cancelFromScope, nextDepth } from "../tasks/cancelWatch.js";
import { Coroutine, coroutine, FRESH, isGenerator } from "../tasks/coroutine.js";
import { checkBody, runBody } from "../tasks/runBody.js";
import type { Task, TaskOptions } from "../tasks/task.js";
import { GroupTasks } from "./groupTasks.js";
import { ScopeSignal } from "./scopeSignal.js";

/** Tasks that belong together: what `taskGroup()` hands to its body. None of them outlives the scope. */
export class TaskGroup {
  declare private parent: Task<unknown> | null;
  declare private tasks: GroupTasks | null;
  declare private errors: unknown[];
  /** cancelling() of the parent at entry. */
  declare private cancelling: number;
  declare private depth: number;
  declare private isExiting: boolean;
  declare private hasEnded: boolean;
  declare private isAborting: boolean;
  /** The group has cancelled its parent and owes it an uncancel(). */
  declare private hasCancelledParent: boolean;
  declare private cancelOnEnter: boolean;
  /** What the end of the scope waits for. */
  declare private completed: Future<undefined> | null;
  declare private signalMade: ScopeSignal | null;

  /** @internal */
  constructor() {
    this.parent = null;
    this.tasks = null;
    this.errors = [];
    this.cancelling = 0;
    this.depth = 0;
    this.isExiting = false;
    this.hasEnded = false;
    this.isAborting = false;
    this.hasCancelledParent = false;
    this.cancelOnEnter = false;
    this.completed = null;
    this.signalMade = null;
  }

  /**
   * Starts a task of the group: as `loop.createTask`. RuntimeError once the group has been aborted or has ended; a
   * coroutine given then is closed.
   */
  createTask<T>(target: Body<T, [task: Task<unknown>]> | Awaitable<T>, options?: TaskOptions): Task<T> {
    const { parent, tasks } = this;
    if (parent === null || tasks === null) throw refuse(this, target, "it has not been entered");
    if (this.isExiting && tasks.size === 0) throw refuse(this, target, "it is finished");
    if (this.isAborting) throw refuse(this, target, "it is shutting down, as it was cancelled or a task failed");
    const task = parent._loop.createTask(target, options);
    tasks.add(task as Task<unknown>);
    // An eager first step may have cancelled the group before the task was in it.
    if (this.isAborting) task.cancel();
    return task;
  }

  /**
   * Ends the scope early: cancels its tasks and its body, and lets it end without an error, with `undefined` for a result
   * if the body had none yet. Twice, or after the end, is no error.
   */
  cancel(): void {
    const { parent, tasks } = this;
    if (parent === null || tasks === null) {
      this.cancelOnEnter = true;
      return;
    }
    if (this.isAborting || (this.isExiting && tasks.size === 0)) return;
    this.abort();
    this.cancelParent(parent);
  }

  /** Aborts when a task fails, at `cancel()`, or when the group's own task is cancelled from outside, in the same call. */
  get signal(): AbortSignal {
    return (this.signalMade ??= this.makeSignal()).signal;
  }

  toString(): string {
    const size = this.tasks?.size ?? 0;
    const tasks = size === 0 ? "" : ` tasks=${size}`;
    const errors = this.errors.length === 0 ? "" : ` errors=${this.errors.length}`;
    const state = this.isAborting ? " cancelling" : this.parent === null ? "" : " entered";
    return `<TaskGroup${tasks}${errors}${state}>`;
  }

  /** @internal The current task's body begins. */
  _enter(): void {
    if (this.parent !== null) throw new RuntimeError(`${this.toString()} has already been entered; make another one`);
    const parent = currentWaiter() as Task<unknown>;
    this.parent = parent;
    this.cancelling = parent.cancelling();
    this.depth = nextDepth();
    this.tasks = new GroupTasks(parent, (task) => this.taskDone(task));
    if (this.cancelOnEnter) this.cancel();
  }

  /** @internal The body has ended: waits for the tasks, then throws what the scope ends with, if anything. */
  *_exit(failed: boolean, error?: unknown): Steps<void> {
    const parent = this.parent!;
    this.isExiting = true;
    const bodyCancellation = failed && isCancelled(error) ? error : null;
    if (failed && !this.isAborting) this.abort();
    const waiting = yield* this.waitForTasks();
    let cancellation = bodyCancellation ?? waiting.cancellation;
    if (this.hasCancelledParent) {
      // What is left above the group's own request comes from outside and must not be dropped.
      if (parent.uncancel() === 0) cancellation = null;
      else cancellation ??= waiting.last;
    }
    this._leave();
    if (cancellation !== null && this.errors.length === 0) throw cancellation;
    if (failed && bodyCancellation === null) this.errors.push(error);
    if (this.errors.length === 0) return;
    // A cancellation from outside gives way to the errors, and is delivered at the next wait instead.
    if (parent.cancelling() > 0) {
      parent.uncancel();
      cancelFromScope(parent, this.depth);
    }
    const { errors } = this;
    this.errors = [];
    throw new ExceptionGroup("unhandled errors in a TaskGroup", errors);
  }

  /** @internal Also when the body's generator was closed: no task goes on without the scope. Twice is no error. */
  _leave(): void {
    if (this.hasEnded) return;
    this.hasEnded = true;
    if (!this.isAborting && this.tasks !== null && this.tasks.size > 0) this.abort();
    this.signalMade?.end();
  }

  /** The cancellation that began to abort the group, and the last one that came. */
  private *waitForTasks(): Steps<{ cancellation: CancelledError | null; last: CancelledError | null }> {
    let cancellation: CancelledError | null = null;
    let last: CancelledError | null = null;
    while (this.tasks!.size > 0) {
      const completed = (this.completed ??= this.parent!._loop.createFuture<undefined>());
      try {
        yield* completed;
      } catch (error) {
        if (!isCancelled(error)) throw error;
        last = error;
        if (!this.isAborting) {
          cancellation = error;
          this.abort();
        }
      }
      this.completed = null;
    }
    return { cancellation, last };
  }

  /** A task that failed, or the last one, in the place of its done callback. */
  private taskDone(task: Task<unknown>): void {
    const { completed } = this;
    if (completed !== null && this.tasks!.size === 0 && !completed.done()) completed.setResult(undefined);
    if ((task._flags & STATE_MASK) !== FAILED) return;
    const exception = task.exception();
    const parent = this.parent!;
    if (this.hasEnded || parent.done()) {
      const message = `${task.toString()} has errored out but its parent ${parent.toString()} is already completed`;
      parent._loop.callExceptionHandler({ message, exception, task });
      return;
    }
    this.errors.push(exception);
    if (this.isAborting || this.hasCancelledParent) return;
    this.abort();
    this.cancelParent(parent);
  }

  private abort(): void {
    this.isAborting = true;
    this.tasks!.cancelAll();
    this.signalMade?.abort();
  }

  private cancelParent(parent: Task<unknown>): void {
    if (this.hasCancelledParent) return;
    this.hasCancelledParent = true;
    cancelFromScope(parent, this.depth);
  }

  private makeSignal(): ScopeSignal {
    const { parent: task, depth, cancelling, hasEnded } = this;
    if (task === null) throw new RuntimeError("the signal of a TaskGroup is there once it has been entered");
    return new ScopeSignal({ task, depth, cancelling, hasEnded, isAborted: this.isAborting });
  }
}
showAsText(TaskGroup);

/** The coroutine that is not taken is closed, so that nobody counts it as forgotten. */
function refuse(group: TaskGroup, target: unknown, reason: string): RuntimeError {
  if (target instanceof Coroutine ? target._state === FRESH : isGenerator(target)) {
    (target as CoroutineLike<unknown>).return(undefined as never);
  }
  return new RuntimeError(`${group.toString()} can take no task: ${reason}`);
}

const runGroup = coroutine(function* <T>(body: Body<T, [group: TaskGroup]>): Steps<T> {
  const group = new TaskGroup();
  group._enter();
  let result: T | undefined;
  let failed = false;
  let failure: unknown;
  try {
    try {
      result = yield* runBody(body, group);
    } catch (error) {
      failed = true;
      failure = error;
    }
    yield* group._exit(failed, failure);
  } finally {
    group._leave();
  }
  return result as T;
}) as <T>(body: Body<T, [group: TaskGroup]>) => Coroutine<T>;

/**
 * Runs `body`, waits for the tasks it created in the group, and gives the body's result. When one fails, the body and the
 * others are cancelled, and the scope throws an ExceptionGroup of all failures. A cancellation from outside cancels them
 * too and goes on as CancelledError.
 */
export function taskGroup<T>(body: Body<T, [group: TaskGroup]>): Coroutine<T> {
  checkBody(body, "taskGroup");
  return runGroup(body);
}
