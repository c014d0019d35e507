// Debug mode: a coroutine that was sent a CancelledError and goes on waiting as if nothing had happened.
//
// In a `finally` block that is how things are cleaned up; anywhere else the cancellation was caught and forgotten, which
// JavaScript makes easy. A generator does not say where it stands, but the awaitable is called from that very place: V8
// tells the position of the call and of the enclosing function, and the function's source tells which blocks are
// `finally`. Where the engine or the source does not tell, nothing is said.
import { isOwnFrame, withDeepStacks } from "../loop/stackLines.js";
import type { Coroutine } from "./coroutine.js";
import { framesOf, functionOfFrame } from "./frameNames.js";
import { isInFinally } from "./inFinally.js";
import type { Task } from "./task.js";

interface CallSite {
  getLineNumber(): number | null;
  getColumnNumber(): number | null;
  getEnclosingLineNumber?(): number;
  getEnclosingColumnNumber?(): number;
}

/** Tasks that nothing more is said of: while the frame is among theirs, which a `finally` block awaits; `null` for ever. */
const quiet = new WeakMap<Task<unknown>, Coroutine<unknown> | null>();

/** Called when a task with an open cancellation suspends. */
export function checkSwallowed(task: Task<unknown>): void {
  const frames = framesOf(task);
  const cleaning = quiet.get(task);
  if (cleaning === null || frames.includes(cleaning!)) return;
  let place: CallSite | null = null;
  let below = 0;
  for (const site of userCallSites()) {
    for (let i = below; i < frames.length; i++) {
      const source = String(functionOfFrame(frames[i]!, task));
      const offset = offsetIn(source, site);
      if (offset === 0) continue;
      if (isInFinally(source, offset)) {
        if (i > 0) quiet.set(task, frames[i - 1]!);
        return;
      }
      place ??= site;
      below = i + 1;
      break;
    }
  }
  if (place === null) return;
  quiet.set(task, null);
  task._loop._host.logError(
    `${task.toString()} was sent a CancelledError and waits again outside of a finally block, at ${String(place)}. ` +
      "Rethrow it (if (isCancelled(e)) throw e), or take the request back with uncancel()",
  );
}

/** The frames of the engine's stack that are not the library's, innermost first; none where the engine gives a text. */
function userCallSites(): CallSite[] {
  const api = Error as { prepareStackTrace?: unknown };
  const prepare = api.prepareStackTrace;
  api.prepareStackTrace = (_error: unknown, sites: CallSite[]) => sites.filter((site) => !isOwnFrame(String(site)));
  try {
    const sites: unknown = withDeepStacks(() => new Error().stack);
    return Array.isArray(sites) ? sites : [];
  } finally {
    api.prepareStackTrace = prepare;
  }
}

/** Where in the function's source the awaiting call stands; 0 when that can not be told for sure. */
function offsetIn(source: string, site: CallSite): number {
  // NaN where the engine does not tell of functions; it is before the source's beginning then.
  const row = site.getLineNumber()! - Number(site.getEnclosingLineNumber?.());
  const start = row > 0 ? 0 : Number(site.getEnclosingColumnNumber?.());
  const offset = source.split("\n", row).join("\n").length + site.getColumnNumber()! - start;
  return /\byield\b[^;{}]*$/.test(source.slice(0, offset)) ? offset : 0;
}
