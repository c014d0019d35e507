// Tasks of eager compiled calls. The body runs at once, on the stack of whoever calls: a call that ends without having
// suspended never meets the loop. The generator is driven bare; it gets a frame only when it suspends.
//
// Until somebody awaits such a task it may still be adopted: createTask takes it over, names it and returns it, as it
// would make a task of a call that had not started.
import { current } from "../context/current.js";
import { isPromiseLike } from "../futures/interop.js";
import { FINISHED } from "../futures/state.js";
import { hasWaiter } from "../futures/waiters.js";
import { findLoop, running } from "../loop/running.js";
import { AsyncCoroutine, ReturnRelay } from "./asyncCoroutine.js";
import { DRIVEN, resumeGenerator, type AnyGenerator, type Coroutine } from "./coroutine.js";
import { enterFirstStep, leaveFirstStep } from "./eager.js";
import { goOnAfterYield, runFrames } from "./step.js";
import { Task, type TaskOptions } from "./task.js";
import { CALLED_EAGERLY, UNCLAIMED } from "./unclaimed.js";

/** The task of a call whose body is `generator`, which has made its first step. */
export function startCall(generator: AnyGenerator): Task<unknown> {
  const { loop } = running;
  if (loop === null || loop._debug || loop._propagate !== null) return startCarefully(generator);
  const task = new Task<unknown>(generator, CALLED_EAGERLY, loop);
  const { task: outer, entered } = current;
  current.task = task;
  current.entered = null;
  enterFirstStep(task);
  let result: IteratorResult<unknown, unknown>;
  try {
    result = resumeGenerator.call(generator);
  } catch (error) {
    task._abort(error);
    leaveFirstStep();
    current.task = outer;
    current.entered = entered;
    return task;
  }
  const { value } = result;
  if (result.done !== true) {
    frameOf(task, generator);
    goOnAfterYield(task, value);
    if (loop._asleep) loop._rouse();
  } else if (typeof value === "object" && isPromiseLike(value)) {
    task._top = new ReturnRelay(frameOf(task, generator), value);
    runFrames(task, undefined, false);
    if (loop._asleep) loop._rouse();
  } else if (task._flags === 0 && task._slot === 0) {
    task._flags = FINISHED;
    task._value = value;
  } else {
    task._finish(value);
  }
  leaveFirstStep();
  current.task = outer;
  current.entered = entered;
  return task;
}

/** Outside of a loop's step, in debug mode, with stores to propagate: as any eager task. */
function startCarefully(generator: AnyGenerator): Task<unknown> {
  const task = new Task<unknown>(new AsyncCoroutine(generator), { eagerStart: true }, findLoop());
  task._owner = UNCLAIMED;
  return task;
}

/** Puts a frame under what the generator has begun: it suspends. */
function frameOf(task: Task<unknown>, generator: AnyGenerator): Coroutine<unknown> {
  const frame = new AsyncCoroutine<unknown>(generator);
  frame._state = DRIVEN;
  frame._link = null;
  if (task._top === null) {
    task._top = frame;
  } else {
    let lowest = task._top;
    while (lowest._link !== null) lowest = lowest._link as Coroutine<unknown>;
    lowest._link = frame;
  }
  return frame;
}

/** The task, if `target` is one that an eager call has made and nobody has awaited or taken over. */
export function adoptCall(target: unknown, options: TaskOptions | undefined): Task<unknown> | null {
  if (!(target instanceof Task) || target._owner !== UNCLAIMED || hasWaiter(target)) return null;
  target._owner = null;
  if (options?.name !== undefined) target.setName(options.name);
  return target;
}
