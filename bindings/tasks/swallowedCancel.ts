// Debug mode: a coroutine that was sent a CancelledError and goes on waiting as if nothing had happened.
//
// In a `finally` block that is how things are cleaned up; anywhere else the cancellation was caught and forgotten, which
// JavaScript makes easy. A generator does not say where it stands, but the awaitable is called from that very place: V8
// tells the position of the call and of the enclosing function, and the function's source tells which blocks are
// `finally`. Where the engine or the source does not tell, nothing is said.
import { isOwnFrame } from "../loop/debug.js";
import { functionOf } from "./coroutine.js";
import { finallyBlocks } from "./finallyBlocks.js";
import type { Task } from "./task.js";

interface CallSite {
  getFileName(): string | null;
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

/** Called when a task with an open cancellation suspends. */
export function checkSwallowed(task: Task<unknown>): void {
  if (warned.has(task) || task._top === null) return;
  const site = userCallSite();
  const fn = functionOf(task._top) ?? (typeof task._target === "function" ? task._target : undefined);
  if (site === null || fn === undefined) return;
  const offset = offsetIn(String(fn), site);
  if (offset === null || finallyBlocks(String(fn)).some(({ start, end }) => start < offset && offset < end)) return;
  warned.add(task);
  task._loop._host.logError(
    `${task.toString()} was sent a CancelledError and waits again outside of a finally block, at ` +
      `${site.getFileName()}:${site.getLineNumber()}:${site.getColumnNumber()}. Rethrow it (if (isCancelled(e)) throw e), ` +
      "or take the request back with uncancel()",
  );
}

function userCallSite(): CallSite | null {
  const api = Error as unknown as StackApi;
  if (api.captureStackTrace === undefined) return null;
  const prepare = api.prepareStackTrace;
  const holder: { stack?: CallSite[] } = {};
  api.prepareStackTrace = (_error: unknown, sites: CallSite[]) => sites;
  try {
    api.captureStackTrace(holder);
    const sites = Array.isArray(holder.stack) ? holder.stack : [];
    return sites.find((site) => site.getFileName() !== null && !isOwnFrame(site.getFileName()!)) ?? null;
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
