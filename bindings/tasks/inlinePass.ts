// Passes through the loop that need no driver.
//
// A task that gives way is resumed in the next iteration. Where nothing else is ready, that is the very next thing the
// driver does, and it is done here at once: pushed and taken, its entry would leave the ring as empty as it is. The same
// goes for a call of an eager compiled function that its caller awaits at once. The call gives way, the caller waits, the
// call is resumed, ends, and the caller is resumed: with nothing else ready, each of them is the next to run, and neither
// the call's task needs a slot nor its caller a place as waiter. As soon as anything else is ready, asks, or waits, all
// of it becomes what it would have been: the order, the current task, contexts and names are the same either way
// (test/async/adoption.test.ts compares).
import { ENTRY_SHIFT, ENTRY_TASK, HEADER_RING_HEAD, HEADER_RING_TAIL } from "../../assembly/codes.js";
import { thread } from "../context/current.js";
import { MUST_CANCEL, SENT, STEP_MASK } from "../futures/state.js";
import type { Core } from "../wasm/core.js";
import { frameOf } from "./callFrame.js";
import { keepSentValue } from "./sentValue.js";
import type { Task } from "./task.js";

/** Takes a pass through the loop, if the driver would resume `task` next. */
export function passAtOnce(task: Task<unknown>): boolean {
  const loop = task._loop;
  const { words } = loop._core;
  // A subclass that schedules callbacks is told of each pass: its loop is always taken for one that is asleep.
  if (words[HEADER_RING_HEAD] !== words[HEADER_RING_TAIL] || loop._tickDue || loop._asleep) return false;
  // The last step before the clock is read is the driver's. Where it does not run, or the loop is in debug mode, there
  // is no credit.
  if ((task._flags & STEP_MASK) !== 0 || loop._credit <= 1 || thread.current.starting.length !== 0) return false;
  loop._credit--;
  return true;
}

/** Whether a call by `caller` may be left unregistered: the frames of the caller look at it when its step goes on. */
export function mayDefer(called: Task<unknown>, caller: Task<unknown> | null): boolean {
  return (
    caller !== null &&
    // Without a top frame it is a compiled call, or a plain function that the loop has called.
    (caller._top === null ? typeof caller._target !== "function" : caller._top._flattens) &&
    called._flags === 0 &&
    called._slot === 0 &&
    thread.current.starting.length === 0 &&
    !called._loop._asleep
  );
}

/**
 * The call gives way in its first step; `value` is sent in afterwards. It is registered in the place that the ring's tail
 * has now, unless its caller awaits it at once.
 */
export function defer(called: Task<unknown>, value: unknown): void {
  thread.current.deferred = called;
  thread.current.deferredPlace = called._loop._core.words[HEADER_RING_TAIL]!;
  thread.current.deferredValue = value;
}

/** Registers the call in the place that it had when it gave way. */
export function registerDeferred(): void {
  const task = thread.current.deferred as Task<unknown>;
  const value = thread.current.deferredValue;
  thread.current.deferred = null;
  thread.current.deferredValue = undefined;
  frameOf(task);
  if ((task._flags & MUST_CANCEL) === 0) task._value = value;
  else keepSentValue(task, value);
  task._flags |= SENT;
  if (task._slot === 0) task._enterLoop();
  insert(task._loop._core, (task._slot << ENTRY_SHIFT) | ENTRY_TASK, thread.current.deferredPlace);
}

function insert(core: Core, entry: number, place: number): void {
  const { words } = core;
  const tail = words[HEADER_RING_TAIL]!;
  for (let at = tail; at !== place; at = (at - 1) | 0) {
    words[core.ring + (at & core.mask)] = words[core.ring + ((at - 1) & core.mask)]!;
  }
  words[core.ring + (place & core.mask)] = entry;
  words[HEADER_RING_TAIL] = (tail + 1) | 0;
}

/** Tasks that the loop does not know of: they have begun, are not done, and stand in no slot. */
export function unregisteredTasks(): Task<unknown>[] {
  const tasks: Task<unknown>[] = [];
  for (let each: typeof thread.current | null = thread.current; each !== null; each = each.outer) {
    const waiting = each.waiting as Task<unknown>[];
    tasks.push(...waiting);
    if (waiting.length > 0) tasks.push(waiting.at(-1)!._waiting as Task<unknown>);
    if (each.deferred !== null) tasks.push(each.deferred as Task<unknown>);
  }
  return tasks;
}

/** `caller` awaits the deferred call: the call, if it is the next to run; it is the current task then. */
export function adoptDeferred(caller: Task<unknown>): Task<unknown> | null {
  const called = thread.current.deferred as Task<unknown>;
  if (called._flags !== 0 || called._slot !== 0 || (caller._flags & STEP_MASK) !== 0 || !passAtOnce(called))
    return null;
  thread.current.deferred = null;
  called._owner = null;
  caller._waiting = called;
  thread.current.waiting.push(caller);
  thread.current.task = called;
  return called;
}

/** `ended` has ended: the task that waits for it here, if that is the next to run; it is the current task then. */
export function nextWaiter(ended: Task<unknown>): Task<unknown> | null {
  // Another one may have ended, in its first step inside of the one that is waited for.
  const waiting = thread.current.waiting as Task<unknown>[];
  if (waiting.length === 0 || waiting[waiting.length - 1]!._waiting !== ended) return null;
  const task = waiting.pop()!;
  if (passAtOnce(task)) {
    task._waiting = null;
    thread.current.task = task;
    return task;
  }
  if (task._top === null) frameOf(task);
  task._flags |= SENT;
  task._giveWay();
  registerWaiting();
  return null;
}

/** The running task suspends, or others are about to wait for one of these: they wait as all tasks do. */
export function registerWaiting(): void {
  const waiting = thread.current.waiting as Task<unknown>[];
  if (waiting.length === 0) return;
  for (const task of waiting.splice(0)) {
    if (task._top === null) frameOf(task);
    task._waitFor(task._waiting!);
    task._flags |= SENT;
  }
}
