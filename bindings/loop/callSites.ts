// The call sites of coroutines in the stacks of errors.
//
// An error that is thrown after a suspension knows the innermost coroutine alone: the engine has lost those that await
// it. They come back while the error passes through them. The driver throws it into the caller, whose pending `yield*`
// calls throw() of what it awaits, and for that moment the caller stands on the engine's stack, at that very place. So
// nothing is recorded beforehand; what it costs is paid by errors that pass a suspended call.
import { CancelledError } from "../errors/cancelledError.js";
import { FRAME, isHostFrame, isOwnFrame, isProgramFrame, stackLines } from "./stackLines.js";

/** An error object that is thrown again and again does not grow for ever. */
const MOST_SITES = 60;

const sites = new WeakMap<Error, number>();

interface StackApi {
  captureStackTrace?: (target: object, above: (...args: never[]) => unknown) => void;
}

/** The frame that has called `called`, which is on the engine's stack, as the engine writes it. */
function callerOf(called: (...args: never[]) => unknown): string | null {
  const api = Error as unknown as StackApi;
  const limit = Error.stackTraceLimit;
  if (limit === 0) return null;
  if (api.captureStackTrace === undefined) {
    // Without the frames of this function, of noteCaller and of `called`.
    return new Error().stack?.split("\n").filter((line) => FRAME.test(line))[3] ?? null;
  }
  const holder: { stack?: unknown } = {};
  Error.stackTraceLimit = 1;
  try {
    api.captureStackTrace(holder, called);
    const line = String(holder.stack).split("\n").at(-1)!;
    return FRAME.test(line) ? line : null;
  } finally {
    Error.stackTraceLimit = limit;
  }
}

/** Adds the caller of `called` to the error's stack: the coroutine that awaits what has raised the error. */
export function noteCaller(error: unknown, called: (...args: never[]) => unknown): void {
  // A cancellation is no mistake whose place is looked for, and has to be cheap.
  if (!(error instanceof Error) || error instanceof CancelledError) return;
  const line = callerOf(called);
  if (line !== null && !isOwnFrame(line)) noteCallSite(error, line);
}

/** Adds a frame to the error's stack, marked as the engine marks those of async functions. */
export function noteCallSite(error: unknown, line: string): void {
  if (!(error instanceof Error) || error instanceof CancelledError || typeof error.stack !== "string") return;
  const count = sites.get(error) ?? 0;
  if (count === MOST_SITES) return;
  // Thrown before its coroutine has suspended: the engine's stack had the callers.
  if (count === 0 && error.stack.includes(line.trim())) return;
  const stack = count === 0 ? withoutDriver(error.stack) : error.stack;
  const marked = line.replace(/^(\s*at )(?!async )/, "$1async ");
  // Later versions of V8 would let the stack of a frozen error be set, by its accessor.
  if (Object.isFrozen(error)) return;
  if (Reflect.set(error, "stack", `${stack}\n${marked}`)) sites.set(error, count + 1);
}

/** What resumes a coroutine, what makes a step of it, and what runs the loop. */
const DRIVER = /\b(?:runFrames|startCall|callTarget)\b/;
const STEP =
  /\b(?:resume|runFrames|runLowered|goOnAfterYield|sendOutcome|callTarget|takeStep|stepSpecially|_step|_run|runTimed)\b/;
const LOOP = /\b(?:iterate|driveInDebug)\b/;

/** Coroutine.start, or AgenFrame's own; not next, whose frame is gone where the engine makes tail calls. */
const STARTER = /\bstart\b.*[\\/](?:coroutine|agenFrame)\./;

/** What called the loop stands below it and tells nothing about who awaits; nor do the frames of the step itself. */
function withoutDriver(stack: string): string {
  const lines = stack.split("\n");
  let end = lines.findIndex((line) => LOOP.test(line) && isOwnFrame(line));
  if (end === -1) end = lines.length;
  while (end > 1 && (isHostFrame(lines[end - 1]!) || (STEP.test(lines[end - 1]!) && isOwnFrame(lines[end - 1]!))))
    end--;
  return lines.slice(0, end).join("\n");
}

/** The program's frames of the step that is on the engine's stack, innermost first; none where ours can not be told. */
export function framesOfStep(): string[] {
  return linesOfStep().filter(isProgramFrame);
}

/** Ours stand among them. */
export function linesOfStep(): string[] {
  const lines = stackLines();
  const driver = lines.findIndex((line) => DRIVER.test(line) && isOwnFrame(line));
  return lines.slice(0, Math.max(0, driver));
}

/** How many coroutines the engine runs inside of the one that the driver has resumed: each was started by another. */
export function countInlined(linesOfStep: readonly string[]): number {
  return linesOfStep.filter((line) => STARTER.test(line) && isOwnFrame(line)).length;
}
