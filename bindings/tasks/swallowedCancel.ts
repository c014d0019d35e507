// Debug mode: a coroutine that was sent a CancelledError and goes on waiting as if nothing had happened.
//
// In a `finally` block that is how things are cleaned up; anywhere else the cancellation was caught and forgotten, which
// JavaScript makes easy. A generator does not say where it stands, but the awaitable is called from that very place: V8
// tells the position of the call and of the enclosing function, and the function's source tells which blocks are
// `finally`. Where the engine or the source does not tell, nothing is said.
import { isOwnFrame, withDeepStacks } from "../loop/debug.js";
import type { Coroutine } from "./coroutine.js";
import { functionOf } from "./generatorFunctions.js";
import { finallyBlocks } from "./finallyBlocks.js";
import type { Task } from "./task.js";

interface CallSite {
  getFileName(): string | null | undefined;
  getFunctionName(): string | null;
  getLineNumber(): number | null;
  getColumnNumber(): number | null;
  getEnclosingLineNumber?(): number;
  getEnclosingColumnNumber?(): number;
}

interface StackApi {
  captureStackTrace?: (target: object) => void;
  prepareStackTrace?: unknown;
}

const warned = new WeakSet<object>();

/** Frames that a `finally` block awaits: what they wait for is cleaning up as well. */
const cleaningUp = new WeakSet<object>();

/** Called when a task with an open cancellation suspends. */
export function checkSwallowed(task: Task<unknown>): void {
  if (warned.has(task)) return;
  const frames = framesOf(task);
  if (frames.some((frame) => cleaningUp.has(frame))) return;
  let place: CallSite | null = null;
  let below = 0;
  for (const site of userCallSites()) {
    for (let i = below; i < frames.length; i++) {
      const source = sourceText(frames[i]!, task);
      const offset = source === null ? null : offsetIn(source, site);
      if (offset === null) continue;
      if (finallyBlocks(source!).some(({ start, end }) => start < offset && offset < end)) {
        for (const frame of frames.slice(0, i)) cleaningUp.add(frame);
        return;
      }
      place ??= site;
      below = i + 1;
      break;
    }
  }
  if (place !== null) warn(task, place);
}

function warn(task: Task<unknown>, place: CallSite): void {
  warned.add(task);
  task._loop._host.logError(
    `${task.toString()} was sent a CancelledError and waits again outside of a finally block, at ` +
      `${place.getFileName()}:${place.getLineNumber()}:${place.getColumnNumber()}. Rethrow it (if (isCancelled(e)) ` +
      "throw e), or take the request back with uncancel()",
  );
}

/** The task's frames, innermost first. */
function framesOf(task: Task<unknown>): Coroutine<unknown>[] {
  const frames: Coroutine<unknown>[] = [];
  for (let frame = task._top; frame !== null; frame = frame._link as Coroutine<unknown> | null) frames.push(frame);
  return frames;
}

function sourceText(frame: Coroutine<unknown>, task: Task<unknown>): string | null {
  const fn = functionOf(frame._generator) ?? (frame._link === null ? task._target : undefined);
  return typeof fn === "function" ? String(fn) : null;
}

/** The frames of the engine's stack that are not the library's, innermost first. */
function userCallSites(): CallSite[] {
  const api = Error as unknown as StackApi;
  if (api.captureStackTrace === undefined) return [];
  const prepare = api.prepareStackTrace;
  const holder: { stack?: CallSite[] } = {};
  api.prepareStackTrace = (_error: unknown, sites: CallSite[]) => sites;
  try {
    const sites = withDeepStacks(() => {
      api.captureStackTrace!(holder);
      return Array.isArray(holder.stack) ? holder.stack : [];
    });
    return sites.filter((site) => typeof site.getFileName() === "string" && !isOwnFrame(site.getFileName()!));
  } finally {
    api.prepareStackTrace = prepare;
  }
}

/** Where in the function's source the call stands; `null` when that can not be told for sure. */
function offsetIn(source: string, site: CallSite): number | null {
  const line = site.getLineNumber();
  const column = site.getColumnNumber();
  const firstLine = site.getEnclosingLineNumber?.();
  const firstColumn = site.getEnclosingColumnNumber?.();
  if (line === null || column === null || firstLine === undefined || firstColumn === undefined) return null;
  const lines = source.split("\n");
  const row = line - firstLine;
  if (row < 0 || row >= lines.length) return null;
  let offset = row === 0 ? column - firstColumn : column - 1;
  for (let i = 0; i < row; i++) offset += lines[i]!.length + 1;
  return /\byield\b[^;{}]*$/.test(source.slice(0, offset)) ? offset : null;
}
