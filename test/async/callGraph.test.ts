// The tasks and frames of compiled async functions in call graphs, those of eager calls also while they wait for each other
// without the loop's knowing.
import assert from "node:assert/strict";
import { test } from "node:test";
import { asyncToGenerator as eager } from "../../bindings/async/eager.js";
import { asyncToGenerator as lazy } from "../../bindings/async/lazy.js";
import {
  captureCallGraph,
  createTask,
  Future,
  sleep,
  type Awaitable,
  type FutureCallGraph,
  type Steps,
} from "../../bindings/index.js";
import { runVirtual } from "../../bindings/testing.js";
import "../support/core.js";

type Compiler = (body: never) => unknown;

const compile =
  (compiler: Compiler) =>
  <A extends unknown[]>(body: (...args: A) => Generator<unknown, unknown, unknown>) =>
    compiler(body as never) as (...args: A) => Awaitable<unknown>;

/** The function that each task of the chain of awaiters stands in, innermost first, all tasks behind each other. */
function chainOf(graph: FutureCallGraph): string[] {
  const own = graph.callStack.map(({ frame }) => /at (?:async )?([\w.<>]+)/.exec(frame)![1]!);
  return [...own.filter((name) => name !== "<anonymous>"), ...graph.awaitedBy.flatMap(chainOf)];
}

for (const [kind, compiler] of Object.entries({ lazy: lazy as Compiler, eager: eager as Compiler })) {
  const compiled = compile(compiler);

  test(`functions that wait, compiled in the ${kind} way, stand behind each other`, () => {
    const inner = compiled(function* inner(future: Future<unknown>) {
      yield future;
    });
    const outer = compiled(function* outer(future: Future<unknown>) {
      yield inner(future);
    });
    runVirtual(function* (): Steps<void> {
      const future = new Future<null>();
      const task = createTask(() => outer(future));
      yield* sleep(1);
      const [awaiter] = captureCallGraph(future)!.awaitedBy;
      assert.deepEqual(chainOf(awaiter!), ["inner", "outer"]);
      future.setResult(null);
      yield* task;
    });
  });

  test(`functions that run, compiled in the ${kind} way, stand behind each other`, () => {
    const seen: string[][] = [];
    const inner = compiled(function* inner() {
      seen.push(chainOf(captureCallGraph()!));
      yield null;
      seen.push(chainOf(captureCallGraph()!));
    });
    const outer = compiled(function* outer() {
      yield null;
      yield inner();
    });
    runVirtual(function* (): Steps<void> {
      yield outer();
    });
    // An eager call begins before anybody can have awaited it.
    assert.deepEqual(seen, [kind === "eager" ? ["inner"] : ["inner", "outer"], ["inner", "outer"]]);
  });
}
