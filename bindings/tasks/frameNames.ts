// Which functions a task's frames run: for texts, and off the hot path.
import { isGenerator, type Coroutine } from "./coroutine.js";
import { functionOf } from "./generatorFunctions.js";
import type { Task } from "./task.js";

const ANONYMOUS = "<anonymous>";

/** The frames that the task drives, innermost first. */
export function framesOf(task: Task<unknown>): Coroutine<unknown>[] {
  const frames: Coroutine<unknown>[] = [];
  for (let frame = task._top; frame !== null; frame = frame._link as Coroutine<unknown> | null) frames.push(frame);
  return frames;
}

/** The function that the frame runs, where that can be told. */
export function functionOfFrame(frame: Coroutine<unknown>, task: Task<unknown>): { name: string } | undefined {
  const fn = functionOf(frame._generator) ?? (frame._link === null ? task._target : undefined);
  return typeof fn === "function" ? fn : undefined;
}

/** The function of a task that drives no frame: it is called in the first step, or is a compiled call, see callFrame.ts. */
export function functionOfTarget({ _target: target }: Task<unknown>): { name: string } | undefined {
  if (isGenerator(target)) return functionOf(target);
  return typeof target === "function" ? target : undefined;
}

/** A function's name, as stacks show it. */
export function shownName(fn: { name: string } | undefined): string {
  return fn?.name || ANONYMOUS;
}
