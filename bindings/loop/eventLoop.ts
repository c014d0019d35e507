import { checkMilliseconds, describe } from "../errors/checks.js";
import { RuntimeError } from "../errors/errors.js";
import { showAsText } from "../errors/inspectForm.js";
import type { Future } from "../futures/future.js";
import type { Store } from "../hosts/asyncLocalStorage.js";
import type { IoMethods } from "../io/loopMethods.js";
import type { Host } from "../hosts/host.js";
import { isWorkerd, makeHost } from "../hosts/detect.js";
import type { Awaitable, Body } from "../tasks/awaitable.js";
import type { Coroutine } from "../tasks/coroutine.js";
import type { Task, TaskOptions } from "../tasks/task.js";
import type { TaskFactory } from "../tasks/taskFactory.js";
import {
  callDefaultHandler,
  callHandler,
  describeException,
  type ExceptionContext,
  type ExceptionHandler,
} from "./exceptionHandler.js";
import { factories } from "./factories.js";
import { CallbackLoop } from "./callbackLoop.js";
import { debugLoops, sourceOf } from "./debug.js";
import { reportNeverAwaited } from "./neverAwaited.js";
import type { Handle } from "./handle.js";
import { atProcessExit } from "../hosts/processExit.js";
import { declareLater, IO_METHODS } from "./laterMethods.js";
import { fillBackground } from "./running.js";
import { keepShape } from "./shapes.js";

export interface EventLoopOptions {
  /** Debug mode: slow callbacks, places of creation, coroutines never awaited, misuse across loops. */
  debug?: boolean;
  /** AsyncLocalStorage objects whose store is, in each step of a task, what it was when the task was created. */
  propagate?: readonly Store<unknown>[];
  /** Raises DeadlockError into the main task when nothing can run any more and nothing is waited for outside. */
  deadlock?: boolean;
  /** Clock and wake-ups; by default those of the place the program runs in. */
  host?: Host;
  /** How many milliseconds the loop may run before its host's timers, I/O and painting get their turn. Default 8. */
  timeSlice?: number;
}

/** Something of the host's that works for a loop. */
export interface Attached {
  /** @internal The loop is closed: nobody is left to be told. */
  _loopClosed(): void;
}

const DEFAULT_TIME_SLICE = 8;
const SLOW_CALLBACK_MS = 100;

fillBackground(() => {
  if (isWorkerd()) throw noBackground();
  const loop = new EventLoop();
  loop._runInBackground();
  // Nobody closes this loop: what it has not told by then it tells when the process ends.
  atProcessExit(() => loop._unretrieved.reportAll());
  return loop;
});

/** In workerd timers and I/O belong to the request that made them: no loop may serve several. */
function noBackground(): RuntimeError {
  return new RuntimeError("no event loop: in workerd use run(), or toFetchHandler() for the requests of a worker");
}

keepShape((loop) => loop.callSoon(() => {}));
keepShape((loop) => loop.callLater(1, () => {}));

/** The methods of `wasyncio/io`, which are there once that has been imported. */
export interface EventLoop extends IoMethods {}

/**
 * asyncio's event loop: callbacks, timers, Futures and Tasks in one exact order. Times are milliseconds. Most programs
 * never make one: `run()` does.
 */
export class EventLoop extends CallbackLoop {
  private exceptionHandler: ExceptionHandler | null;
  /** @internal */
  _taskFactory: TaskFactory | null;
  /** In debug mode a callback or step that takes this many milliseconds or more is reported. Default 100. */
  slowCallbackDuration: number;
  /** @internal What belongs to the loop outside of it, open sockets above all; let go of when it closes. */
  declare _attached: Set<Attached> | null;
  /** @internal What a Future's constructor takes, made once. */
  readonly _asOption: { readonly loop: EventLoop };

  constructor(options: EventLoopOptions = {}) {
    const timeSlice = options.timeSlice ?? DEFAULT_TIME_SLICE;
    checkMilliseconds(timeSlice, "timeSlice");
    super(options.host ?? makeHost(), timeSlice);
    this.exceptionHandler = null;
    this._taskFactory = null;
    this.slowCallbackDuration = SLOW_CALLBACK_MS;
    this.setDebug(options.debug === true);
    if (options.deadlock === true) this._detectsDeadlock = true;
    if (options.propagate !== undefined) this._propagate = [...options.propagate];
    this._attached = null;
    this._asOption = { loop: this };
  }

  createFuture<T>(): Future<T> {
    return factories.makeFuture<T>(this);
  }

  /** Schedules a coroutine, or what a function returns, as a Task. A function is called in the task's first step. */
  createTask<T>(target: Body<T, [task: Task<unknown>]> | Awaitable<T>, options?: TaskOptions): Task<T> {
    return factories.makeTask(this, target, options);
  }

  /** Runs until `awaitable` is done, and the iteration it ends in to its end; gives or throws its outcome. */
  runUntilComplete<T>(awaitable: Awaitable<T>): Promise<Awaited<T>> {
    const future = this._beginUntilComplete(awaitable);
    return this.settleWith(future, this.runForever());
  }

  private async settleWith<T>(future: Future<T>, end: Promise<void>): Promise<Awaited<T>> {
    try {
      await end;
    } finally {
      future.removeDoneCallback(this._stopWhenDone);
    }
    return this._outcome(future) as Awaited<T>;
  }

  /** @internal The Future to run for; the loop stops when it is done. */
  _beginUntilComplete<T>(awaitable: Awaitable<T>): Future<T> {
    this._checkRunnable();
    const future = factories.ensureFuture(this, awaitable);
    future.addDoneCallback(this._stopWhenDone);
    return future;
  }

  /** @internal */
  _outcome<T>(future: Future<T>): T {
    if (!future.done()) throw new RuntimeError("Event loop stopped before Future completed.");
    return future.result();
  }

  /** @internal */
  readonly _stopWhenDone = (): void => {
    this.stop();
  };

  /** Forgets what is ready and all timers. A closed loop takes nothing more; closing twice is no error. */
  close(): void {
    if (this.isClosed()) return;
    this.markClosed();
    for (const attached of this._attached ?? []) attached._loopClosed();
    this._attached = null;
    // First: what the handler makes and forgets is not told to it again.
    debugLoops.delete(this);
    reportNeverAwaited(this);
    this._unretrieved.reportAll();
    // Tasks that are still pending stay known to allTasks().
    this._core.payloads = this._core.payloads.filter((payload) => payload !== undefined && "_step" in payload);
  }

  override toString(): string {
    return `<EventLoop running=${this.isRunning()} closed=${this.isClosed()} debug=${this._debug}>`;
  }

  getDebug(): boolean {
    return this._debug;
  }

  /** Switches debug mode, for what is made from now on; what takes long is looked at from the next slice on. */
  setDebug(enabled: boolean): void {
    this._debug = enabled;
    if (enabled) debugLoops.add(this);
    else debugLoops.delete(this);
  }

  /** A coroutine that closes the async generators that are still open. */
  shutdownAsyncgens(): Coroutine<void> {
    return factories.shutdownAsyncgens(this);
  }

  /** A coroutine that waits for the default executor's threads, if there ever was one. */
  shutdownDefaultExecutor(): Coroutine<void> {
    return factories.shutdownDefaultExecutor(this);
  }

  /** Makes the tasks of createTask from now on: `(loop, coro, options) => Task`; `null` brings back the default. */
  setTaskFactory(factory: TaskFactory | null): void {
    if (factory !== null && typeof factory !== "function") {
      throw new TypeError(`setTaskFactory expects a function or null, got ${describe(factory)}`);
    }
    this._taskFactory = factory;
  }

  getTaskFactory(): TaskFactory | null {
    return this._taskFactory;
  }

  /** `handler(loop, context)` is called for what nobody awaits; `null` brings back the default. */
  setExceptionHandler(handler: ExceptionHandler | null): void {
    if (handler !== null && typeof handler !== "function") {
      throw new TypeError(`setExceptionHandler expects a function or null, got ${describe(handler)}`);
    }
    this.exceptionHandler = handler;
  }

  getExceptionHandler(): ExceptionHandler | null {
    return this.exceptionHandler;
  }

  /** Writes one block to the host's error output. */
  defaultExceptionHandler(context: ExceptionContext): void {
    this._host.logError(describeException(context));
  }

  /** Tells the handler; an error in the handler itself is only logged. */
  callExceptionHandler(given: ExceptionContext): void {
    const about = given.task ?? given.future ?? given.handle;
    const source = about === undefined ? undefined : sourceOf(about);
    const context = source === undefined ? given : { sourceTraceback: source, ...given };
    if (this.exceptionHandler === null) {
      callDefaultHandler(this, context);
      return;
    }
    try {
      callHandler(this, this.exceptionHandler, context);
    } catch (exception) {
      callDefaultHandler(this, { message: "Unhandled error in exception handler", exception });
      callDefaultHandler(this, context);
    }
  }

  /** @internal */
  _reportCallback(exception: unknown, handle: Handle): void {
    const name = handle._callback?.name;
    const message = name ? `Exception in callback ${name}` : "Exception in callback";
    this.callExceptionHandler({ message, exception, handle });
  }
}
showAsText(EventLoop);
declareLater(EventLoop.prototype, IO_METHODS, "wasyncio/io");
