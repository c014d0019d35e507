// Where a task stands: for a pending one the coroutines it drives, for a failed one the frames of its error.
//
// An engine does not tell where a suspended generator stands. In debug mode the places are known all the same: where a
// coroutine was called is where its caller awaits it, and where a task began to wait was noted when it did.
import { CancelledError } from "../errors/cancelledError.js";
import { checkInteger } from "../errors/checks.js";
import { thread } from "../context/current.js";
import { FAILED, STATE_MASK } from "../futures/state.js";
import { countInlined, framesOfStep, linesOfStep, noteCallSite } from "../loop/callSites.js";
import { sourceOf } from "../loop/debug.js";
import { FRAME, isProgramFrame } from "../loop/stackLines.js";
import { Coroutine } from "./coroutine.js";
import { framesOf, functionOfFrame, functionOfTarget, shownName } from "./frameNames.js";
import { functionOf } from "./generatorFunctions.js";
import { isOperationFrame } from "./operation.js";
import type { Task } from "./task.js";
import { debuggedCalls } from "./unclaimed.js";

export interface StackOptions {
  /** At most so many lines. */
  limit?: number;
}

/** Whatever text can be written to, as a stream. */
export interface StackFile {
  write(text: string): unknown;
}

/** Where a task waits, noted in debug mode: the frame of the coroutine that awaits. */
const places = new WeakMap<Task<unknown>, string>();

/** In debug mode, when a task suspends: who awaits with `yield*` is on the engine's stack. */
export function notePlace(task: Task<unknown>): void {
  const [line] = framesOfStep();
  if (line === undefined) places.delete(task);
  else places.set(task, line);
}

/**
 * An error passes into a frame that wrote `yield` for what has raised it, so no engine's stack ever shows the frame. In
 * debug mode the place is where the awaited was called; otherwise the function's name is all there is.
 */
export function notePassing(frame: Coroutine<unknown>, awaited: object, error: unknown): void {
  const site = siteOf(awaited);
  if (site !== undefined) return noteCallSite(error, site);
  const name = functionOf(frame._generator)?.name;
  if (name) noteCallSite(error, `    at ${name}`);
}

/** Where a coroutine or an eager compiled function was called, in debug mode. */
function siteOf(made: object): string | undefined {
  if (!(made instanceof Coroutine) && !debuggedCalls.has(made)) return undefined;
  return sourceOf(made)
    ?.split("\n")
    .find((line) => FRAME.test(line));
}

/** What Task.getStack answers: the oldest first. */
export function stackOf(task: Task<unknown>, limit: number | undefined): string[] {
  if (limit !== undefined) checkInteger(limit, "the limit of a stack");
  const most = Math.max(0, limit ?? Infinity);
  if ((task._flags & STATE_MASK) === FAILED) return stackOfError(task._value).slice(0, most);
  if (task.done()) return [];
  const lines = thread.current.task === task ? runningStack(task) : suspendedStack(task);
  return lines.slice(Math.max(0, lines.length - most));
}

/** What Task.printStack does. */
export function writeStack(task: Task<unknown>, options: (StackOptions & { file?: StackFile }) | undefined): void {
  const text = stackText(task, options?.limit);
  if (options?.file === undefined) task._loop._host.logError(text);
  else options.file.write(`${text}\n`);
}

function stackText(task: Task<unknown>, limit: number | undefined): string {
  const isFailed = (task._flags & STATE_MASK) === FAILED;
  const lines = stackOf(task, limit);
  if (lines.length === 0) return `No stack for ${task.toString()}`;
  const title = `${isFailed ? "Traceback" : "Stack"} for ${task.toString()} (most recent call last):`;
  const text = [title, ...lines.map((line) => `  ${line}`)];
  if (isFailed) text.push(String(task._value));
  return text.join("\n");
}

function stackOfError(error: unknown): string[] {
  if (!(error instanceof Error) || error instanceof CancelledError) return [];
  const lines = (error.stack ?? "").split("\n").filter(isProgramFrame);
  return lines.map((line) => line.trim()).reverse();
}

/** The frame that awaits the next one stands where that was called. The newest `skipped` frames are left out. */
export function suspendedStack(task: Task<unknown>, skipped = 0): string[] {
  const lines: string[] = [];
  const waiting = task._waiting;
  let line = waiting === null ? undefined : (places.get(task) ?? siteOf(waiting));
  for (const [above, frame] of framesOf(task).entries()) {
    // The library's own awaitables that a compiled function awaits: they are no place of the program.
    if (above >= skipped && !isOperationFrame(frame)) {
      lines.push(asAsync(line ?? `at ${shownName(functionOfFrame(frame, task))}`));
    }
    line = siteOf(frame);
  }
  // A function that is called in the first step, or a compiled call that runs without a frame, see callFrame.ts.
  if (task._top === null && skipped === 0) lines.push(asAsync(`at ${shownName(functionOfTarget(task))}`));
  return lines.reverse();
}

function asAsync(line: string): string {
  return line.trim().replace(/^at (?!async )/, "at async ");
}

/** The frames that run, and what they have called, are on the engine's stack; those below await them. */
export function runningStack(task: Task<unknown>): string[] {
  const lines = linesOfStep();
  const running = lines.filter(isProgramFrame).map((line) => line.trim());
  if (running.length === 0) return suspendedStack(task);
  return [...suspendedStack(task, 1 + countInlined(lines)), ...running.reverse()];
}
