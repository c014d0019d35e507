// Who awaits whom, as asyncio's graph.py tells it. Nothing is noted beforehand: the graph is read off the waiters and the
// frames of the tasks when somebody asks.
import { thread } from "../context/current.js";
import { checkInteger, describe } from "../errors/checks.js";
import { RuntimeError } from "../errors/errors.js";
import { Future } from "../futures/future.js";
import { running } from "../loop/running.js";
import { awaitersOf } from "./awaiters.js";
import { Task } from "./task.js";
import { runningStack, suspendedStack } from "./taskStack.js";

/** One line of a call stack, as `task.getStack()` writes it: a name, with its place where that is known. */
export interface FrameCallGraphEntry {
  readonly frame: string;
}

/** A Future or Task, where it stands, and the tasks that await it, each with the tasks that await that in turn. */
export interface FutureCallGraph {
  readonly future: Future<unknown>;
  /** Innermost first; empty for a Future that is no Task, and for a task that is done. */
  readonly callStack: readonly FrameCallGraphEntry[];
  readonly awaitedBy: readonly FutureCallGraph[];
}

export interface CallGraphOptions {
  /** Where the running task's own stack begins: 1, the default, is whoever asks for the graph, 2 the caller of that. */
  depth?: number;
  /** Of each stack at most so many frames: the outermost, if it is negative the innermost; 0 for no stacks at all. */
  limit?: number | null;
}

/**
 * The call graph of `future`, by default of the running task; `null` when no task runs. RuntimeError when nothing is given
 * where no loop runs. A task that awaits itself by way of others ends a branch where it comes again.
 */
export function captureCallGraph(
  future?: Future<unknown> | null,
  options: CallGraphOptions = {},
): FutureCallGraph | null {
  const { depth = 1, limit = null } = options;
  checkInteger(depth, "depth");
  if (limit !== null) checkInteger(limit, "limit");
  const root = future ?? runningTask();
  if (root === null) return null;
  if (!(root instanceof Future)) throw new TypeError(`a Future or Task is expected, got ${describe(root)}`);
  return build(root, (each) => {
    if (!(each instanceof Task) || each.done()) return [];
    const lines =
      each === root && thread.current.task === each
        ? runningStack(each)
            .reverse()
            .slice(Math.max(0, depth - 1))
        : suspendedStack(each).reverse();
    if (limit === null) return lines;
    return limit > 0 ? lines.slice(-limit) : lines.slice(0, -limit);
  });
}

function runningTask(): Task<unknown> | null {
  if (running.loop !== null) return thread.current.task as Task<unknown> | null;
  throw new RuntimeError("no running event loop: give the Future or Task");
}

/** Without recursion, since tasks may await each other thousands deep; what is awaited in two ways is built once. */
function build(root: Future<unknown>, linesOf: (future: Future<unknown>) => readonly string[]): FutureCallGraph {
  const nodes = new Map<Future<unknown>, FutureCallGraph>();
  const open = [root];
  for (let future = open.at(-1); future !== undefined; future = open.at(-1)) {
    const begun = nodes.get(future);
    const awaitedBy: FutureCallGraph[] = [];
    // A first node has no awaiters yet: a branch that comes back here before theirs are built ends with it.
    for (const awaiter of awaitersOf(future)) {
      const node = nodes.get(awaiter);
      if (begun !== undefined) awaitedBy.push(node!);
      else if (node === undefined) open.push(awaiter);
    }
    if (begun !== undefined) open.pop();
    const callStack = begun?.callStack ?? linesOf(future).map((frame) => Object.freeze({ frame }));
    nodes.set(
      future,
      Object.freeze({ future, callStack: Object.freeze(callStack), awaitedBy: Object.freeze(awaitedBy) }),
    );
  }
  return nodes.get(root)!;
}
