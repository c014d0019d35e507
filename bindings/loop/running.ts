// Which loop a call means.
import { RuntimeError } from "../errors/errors.js";
import { makeStore, type Store } from "../hosts/asyncLocalStorage.js";
import type { EventLoop } from "./eventLoop.js";

/** @internal */
export const running: {
  /** The loop whose callback or step is on the stack. */
  loop: EventLoop | null;
  /** What setEventLoop was given last. */
  chosen: EventLoop | null;
  /** Loops of this thread whose run has begun and not ended; without the background loop. */
  readonly active: Set<EventLoop>;
} = { loop: null, chosen: null, active: new Set() };

/** The loop of the native-function task that the code belongs to; made when the first such task starts. */
let nativeTasks: Store<EventLoop> | null | undefined;

/** @internal Calls a task's function so that its loop is known after its awaits as well, where the host can tell. */
export function callWithLoop<R, A extends unknown[]>(loop: EventLoop, fn: (...args: A) => R, ...args: A): R {
  nativeTasks ??= makeStore<EventLoop>();
  return nativeTasks === null ? fn(...args) : nativeTasks.run(loop, fn, ...args);
}

/** The loop whose callback or step is on the stack; RuntimeError when there is none. */
export function getRunningLoop(): EventLoop {
  if (running.loop !== null) return running.loop;
  throw new RuntimeError(
    "no running event loop: getRunningLoop() answers only inside a loop's callbacks and steps. After an `await` of a " +
      "native async function use task.getLoop()",
  );
}

/**
 * The loop that a function takes when it was given none: the running one; inside a native-function task, the task's; the
 * only one of this thread whose run has not ended; the thread's background loop.
 */
export function findLoop(): EventLoop {
  return running.loop ?? findLoopOutside();
}

function findLoopOutside(): EventLoop {
  const ofTask = nativeTasks?.getStore();
  if (ofTask !== undefined && !ofTask.isClosed()) return ofTask;
  if (running.active.size === 1) for (const loop of running.active) return loop;
  if (running.active.size > 1 && (nativeTasks ?? makeStore()) === null) {
    throw new RuntimeError(
      "several event loops are running in this thread, and this host has no AsyncLocalStorage to tell which one is " +
        "meant: use the methods of task.getLoop()",
    );
  }
  return backgroundLoop();
}

let background: EventLoop | null = null;
let makeBackground: () => EventLoop;

/** @internal How the background loop is made and started; filled by eventLoop.ts, which stands on this file. */
export function fillBackground(make: () => EventLoop): void {
  makeBackground = make;
}

function backgroundLoop(): EventLoop {
  return (background ??= makeBackground());
}

/** @internal Refuses to run a loop inside another one's callback or step. The background loop is nobody's program. */
export function isLoopOnStack(): boolean {
  return running.loop !== null && running.loop !== background;
}

/** The running loop, else the one given to setEventLoop, else the one that a call without a loop would take. */
export function getEventLoop(): EventLoop {
  return running.loop ?? running.chosen ?? findLoop();
}

/** Makes `loop` the answer of getEventLoop() outside of every loop; `null` forgets it. */
export function setEventLoop(loop: EventLoop | null): void {
  running.chosen = loop;
}
