import { Task, type FutureCallGraph } from "../../../bindings/index.js";

/** A call graph by the names of its tasks and functions, in which CPython's and ours are compared. */
export interface GraphShape {
  readonly future: string;
  /** Functions of the program itself, innermost first. */
  readonly stack: readonly string[];
  /** By name: asyncio keeps the awaiters in a set. */
  readonly awaitedBy: readonly GraphShape[];
}

/** What a program has seen, in order. */
export interface RecordedGraphs {
  readonly name: string;
  readonly graphs: readonly (GraphShape | null)[];
}

const isNamed = (name: string | undefined): name is string => name !== undefined && name !== "<anonymous>";

export function shapeOf(graph: FutureCallGraph): GraphShape {
  const names = graph.callStack.map(({ frame }) => /at (?:async )?(?:Object\.)?([\w<>]+)(?: \(|$)/.exec(frame)?.[1]);
  return {
    future: graph.future instanceof Task ? graph.future.getName() : "Future",
    stack: names.filter(isNamed),
    awaitedBy: graph.awaitedBy.map(shapeOf).sort((a, b) => (a.future < b.future ? -1 : 1)),
  };
}
