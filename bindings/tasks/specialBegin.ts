// How a task begins that is not made of a fresh coroutine alone: with options, of a function, in debug mode, eagerly.
import { NOTES_PLACES, UNCALLED } from "../futures/state.js";
import { refuseOtherLoop } from "../loop/debug.js";
import { cancelOnAbort, checkSignal } from "./abort.js";
import type { CoroutineLike } from "./awaitable.js";
import { DRIVEN } from "./coroutine.js";
import { startEagerly } from "./eager.js";
import { keepStores } from "./propagation.js";
import { rootFrame } from "./target.js";
import type { Task, TaskOptions } from "./task.js";
import { newName } from "./taskName.js";

/** What can be refused is refused before anything is scheduled. */
export function beginSpecially(task: Task<unknown>, coro: CoroutineLike<unknown>, options: TaskOptions): void {
  const loop = task._loop;
  loop._checkClosed();
  if (loop._debug) refuseOtherLoop(loop);
  const frame = typeof coro === "function" ? null : rootFrame(coro);
  task._top = frame;
  if (options.context !== undefined) task._context = options.context;
  task._name = newName(options.name);
  frame?._checkFresh();
  checkSignal(options.signal, "a task");
  const isEager = options.eagerStart === true && loop.isRunning();
  if (!isEager) task._slot = loop._core.openTask(task);
  else if (options.context !== undefined) options.context._checkEnterable();
  if (loop._debug) task._flags = NOTES_PLACES;
  if (frame === null) task._flags |= UNCALLED;
  else {
    frame._state = DRIVEN;
    frame._link = null;
  }
  if (loop._propagate !== null) keepStores(task, loop._propagate);
  if (isEager) startEagerly(task);
  if (loop._asleep) loop._rouse();
  if (options.signal !== undefined) cancelOnAbort(task, options.signal);
}
