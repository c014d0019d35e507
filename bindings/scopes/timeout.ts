import { isCancelled } from "../errors/cancelledError.js";
import { checkTimeout } from "../errors/checks.js";
import { RuntimeError } from "../errors/errors.js";
import { showAsText } from "../errors/inspectForm.js";
import { TimeoutError } from "../errors/osError.js";
import { currentWaiter } from "../futures/waiter.js";
import type { Handle } from "../loop/handle.js";
import { getRunningLoop } from "../loop/running.js";
import { keepShape } from "../loop/shapes.js";
import type { Body, Steps } from "../tasks/awaitable.js";
import { cancelFromScope, nextDepth } from "../tasks/cancelWatch.js";
import { coroutine, type Coroutine } from "../tasks/coroutine.js";
import { checkBody, runBody } from "../tasks/runBody.js";
import type { Task } from "../tasks/task.js";
import { ScopeSignal } from "./scopeSignal.js";

type State = "created" | "active" | "expiring" | "expired" | "finished";

/** A deadline over a body: what `timeout()` and `timeoutAt()` hand to it. */
export class Timeout {
  declare private state: State;
  declare private deadline: number | null;
  /** Set while active with a deadline, until it fires. */
  declare private alarm: Handle | null;
  declare private task: Task<unknown> | null;
  /** cancelling() of the task at entry: what is above it at the end was asked for meanwhile, by others. */
  declare private cancelling: number;
  declare private depth: number;
  declare private signalMade: ScopeSignal | null;

  /** @internal */
  constructor(when: number | null) {
    this.state = "created";
    this.deadline = when;
    this.alarm = null;
    this.task = null;
    this.cancelling = 0;
    this.depth = 0;
    this.signalMade = null;
  }

  /** The deadline in milliseconds of `loop.time()`, `null` for none. */
  when(): number | null {
    return this.deadline;
  }

  /** Whether the deadline has passed and ended the body, or is about to. */
  expired(): boolean {
    return this.state === "expiring" || this.state === "expired";
  }

  /** Moves the deadline; `null` takes it away. RuntimeError unless the body is running and has not expired. */
  reschedule(when: number | null): void {
    if (this.state === "created") throw new RuntimeError("cannot reschedule a Timeout that has not been entered");
    if (this.state !== "active") {
      throw new RuntimeError(`cannot reschedule the ${this.state} Timeout: only an active one has a deadline to move`);
    }
    checkTimeout(when, "reschedule");
    this.deadline = when;
    this.alarm?.cancel();
    this.alarm = null;
    if (when === null) return;
    const loop = this.task!._loop;
    const expire = (): void => this.expire();
    this.alarm = when <= loop.time() ? loop.callSoon(expire) : loop.callAt(when, expire);
  }

  /** Aborts when the deadline passes or the task is cancelled from outside this scope, in the same call. */
  get signal(): AbortSignal {
    return (this.signalMade ??= this.makeSignal()).signal;
  }

  toString(): string {
    return `<Timeout [${this.state}]${this.state === "active" ? ` when=${String(this.deadline)}` : ""}>`;
  }

  /** @internal The current task's body begins. */
  _enter(): void {
    if (this.state !== "created") throw new RuntimeError("the Timeout has already been entered; make another one");
    const task = currentWaiter() as Task<unknown>;
    this.task = task;
    this.state = "active";
    this.cancelling = task.cancelling();
    this.depth = nextDepth();
    this.reschedule(this.deadline);
  }

  /**
   * @internal The body has ended. Throws TimeoutError in place of a cancellation that is the deadline's alone; every
   * other error is the caller's to throw on.
   */
  _exit(failed: boolean, error?: unknown): void {
    this._leave();
    if (this.state === "active") {
      this.state = "finished";
      return;
    }
    this.state = "expired";
    if (this.task!.uncancel() > this.cancelling || !failed || !isCancelled(error)) return;
    throw new TimeoutError("timed out: the deadline passed before what it was set for had ended", { cause: error });
  }

  /** @internal Also when the body's generator was closed: a deadline must not outlive it. Twice is no error. */
  _leave(): void {
    this.alarm?.cancel();
    this.alarm = null;
    this.signalMade?.end();
  }

  private expire(): void {
    this.alarm = null;
    this.state = "expiring";
    cancelFromScope(this.task!, this.depth);
    this.signalMade?.abort();
  }

  private makeSignal(): ScopeSignal {
    const { task, depth, cancelling } = this;
    if (task === null) throw new RuntimeError("the signal of a Timeout is there once it has been entered");
    const hasEnded = this.state === "finished" || this.state === "expired";
    return new ScopeSignal({ task, depth, cancelling, hasEnded, isAborted: this.expired() });
  }
}
showAsText(Timeout);

keepShape(() => new Timeout(null));

/** @internal Due `delay` milliseconds from now. */
export function timeoutAfter(delay: number | null): Timeout {
  return new Timeout(delay === null ? null : getRunningLoop().time() + delay);
}

type RunUntil = <T>(isDelay: boolean, value: number | null, body: Body<T, [scope: Timeout]>) => Coroutine<T>;

const runUntil = coroutine(function* <T>(
  isDelay: boolean,
  value: number | null,
  body: Body<T, [scope: Timeout]>,
): Steps<T> {
  const scope = isDelay ? timeoutAfter(value) : new Timeout(value);
  scope._enter();
  let result: T;
  try {
    result = yield* runBody(body, scope);
  } catch (error) {
    scope._exit(true, error);
    throw error;
  } finally {
    scope._leave();
  }
  scope._exit(false);
  return result;
}) as RunUntil;

/**
 * Runs `body` and cancels it when `delay` milliseconds have passed since the scope was awaited; the scope then throws
 * TimeoutError. If the task was cancelled from outside as well, that CancelledError goes on. `null` sets no deadline.
 */
export function timeout<T>(delay: number | null, body: Body<T, [scope: Timeout]>): Coroutine<T> {
  checkTimeout(delay, "timeout");
  checkBody(body, "timeout");
  return runUntil(true, delay, body);
}

/** As timeout(), with the deadline as a time of `loop.time()`. */
export function timeoutAt<T>(when: number | null, body: Body<T, [scope: Timeout]>): Coroutine<T> {
  checkTimeout(when, "timeoutAt");
  checkBody(body, "timeoutAt");
  return runUntil(false, when, body);
}
