import type { Future } from "../futures/future.js";
import { getRunningLoop } from "../loop/running.js";
import { captureCallGraph, type CallGraphOptions, type FutureCallGraph } from "./callGraph.js";
import { Task } from "./task.js";
import type { StackFile } from "./taskStack.js";

/** `captureCallGraph` as text, in asyncio's format; empty when no task runs. */
export function formatCallGraph(future?: Future<unknown> | null, options?: CallGraphOptions): string {
  const graph = captureCallGraph(future, options);
  return graph === null ? "" : [...linesOf(graph, "", new Set())].join("\n");
}

/** Writes `formatCallGraph` and a newline to `file`; by default where the host logs errors. */
export function printCallGraph(
  future?: Future<unknown> | null,
  options?: CallGraphOptions & { file?: StackFile },
): void {
  const text = formatCallGraph(future, options);
  if (options?.file === undefined) (future?._loop ?? getRunningLoop())._host.logError(text);
  else options.file.write(`${text}\n`);
}

/** `above` holds the futures on the way from the root: a branch that comes back to one of them ends there. */
function* linesOf(graph: FutureCallGraph, indent: string, above: Set<Future<unknown>>): Generator<string> {
  const { future, callStack, awaitedBy } = graph;
  const isAgain = above.has(future);
  yield `${indent}* ${titleOf(future)}${isAgain ? " (see above)" : ""}`;
  if (isAgain) return;
  if (callStack.length > 0) yield `${indent}  + Call stack:`;
  for (const { frame } of callStack) yield `${indent}  |   ${frame}`;
  if (awaitedBy.length > 0) yield `${indent}  + Awaited by:`;
  above.add(future);
  for (const each of awaitedBy) yield* linesOf(each, `${indent}    `, above);
  above.delete(future);
}

const titleOf = (future: Future<unknown>): string =>
  future instanceof Task ? `Task(name='${future.getName()}')` : future.toString();
