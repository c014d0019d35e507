import assert from "node:assert/strict";
import { test } from "node:test";
import {
  captureCallGraph,
  coroutine,
  createTask,
  Future,
  gather,
  getRunningLoop,
  RuntimeError,
  sleep,
  taskGroup,
  wait,
  type Steps,
  type Task,
  type TaskGroup,
} from "../../bindings/index.js";
import { runVirtual } from "../../bindings/testing.js";
import { awaiters, framesOf, nameOf, pause, waits } from "../support/callGraphs.js";
import { onHostLoop, onLoop } from "../support/onLoop.js";
import "../support/core.js";

test("a graph is made once and can not be changed", () => {
  onLoop(function* () {
    const task = createTask(pause());
    const waiting = createTask(waits(task));
    yield* sleep(1);
    const graph = captureCallGraph(task)!;
    const parts = [graph, graph.callStack, graph.callStack[0], graph.awaitedBy, graph.awaitedBy[0]];
    assert.ok(parts.every((part) => Object.isFrozen(part)));
    yield* waiting;
    assert.equal(graph.awaitedBy[0]!.future, waiting);
    assert.deepEqual(captureCallGraph(task), { future: task, callStack: [], awaitedBy: [] });
  });
});

test("a running task that awaits another stands in the graph by its coroutines alone", () => {
  onLoop(function* () {
    const awaitersStack = (child: Future<unknown>): readonly { frame: string }[] =>
      captureCallGraph(child)!.awaitedBy[0]!.callStack;
    const frames = yield* taskGroup(function* (group: TaskGroup): Steps<readonly { frame: string }[]> {
      const child = group.createTask(pause());
      yield* sleep(1);
      return awaitersStack(child);
    });
    assert.ok(frames.length > 0);
    assert.ok(
      frames.every(({ frame }) => frame.startsWith("at async ")),
      JSON.stringify(frames),
    );
  });
});

test("tasks that await each other end the graph where the first one comes again", () => {
  onLoop(function* () {
    const first: Task<unknown> = createTask(() => wait([second]), { name: "first" });
    const second: Task<unknown> = createTask(() => waits(first), { name: "second" });
    const third = createTask(() => wait([second]), { name: "third" });
    yield* sleep(1);
    const graph = captureCallGraph(first)!;
    const [bySecond] = graph.awaitedBy;
    assert.deepEqual([graph.awaitedBy.map(nameOf), bySecond!.awaitedBy.map(nameOf)], [["second"], ["first", "third"]]);
    assert.deepEqual(bySecond!.awaitedBy[0]!.awaitedBy, []);
    assert.deepEqual(awaiters(second), ["first", "third"]);
    second.cancel();
    yield* third;
  });
});

test("tasks await each other as deep as they like", () => {
  onLoop(function* () {
    const first = createTask(pause(), { name: "0" });
    let last: Task<void> = first;
    for (let depth = 1; depth <= 20_000; depth++) last = createTask(waits(last), { name: depth });
    yield* sleep(1);
    let graph = captureCallGraph(first)!;
    while (graph.awaitedBy.length > 0) graph = graph.awaitedBy[0]!;
    assert.equal(graph.future, last);
    yield* last;
  });
});

test("what is awaited in many ways is looked at once", () => {
  onLoop(function* () {
    const future = new Future<null>();
    let layer: Future<unknown>[] = [future];
    for (let depth = 0; depth < 40; depth++) {
      const below = layer;
      layer = [0, 1].map(() => createTask(() => gather(below)));
    }
    yield* sleep(1);
    let graph = captureCallGraph(future)!;
    for (; graph.awaitedBy.length > 0; graph = graph.awaitedBy[1]!) assert.equal(graph.awaitedBy.length, 2);
    assert.equal(graph.future, layer[1]);
    future.setResult(null);
    yield* gather(layer);
  });
});

test("in debug mode the frames of a suspended task have their places", () => {
  const [frame] = runVirtual(
    function* () {
      const task = createTask(pause());
      yield* sleep(1);
      const frames = framesOf(task);
      yield* task;
      return frames;
    },
    { debug: true },
  );
  assert.match(frame!, /^at async pause \(.*callGraphs\.[jt]s:\d+:\d+\)$/);
});

test("the running task's frames have their places", () => {
  onLoop(function* () {
    const ask = coroutine(function* ask(): Steps<string> {
      yield* sleep(1);
      return captureCallGraph()!.callStack[0]!.frame;
    });
    assert.match(yield* createTask(ask()), /^at ask \(.*callGraph\.test\.[jt]s:\d+:\d+\)$/);
  });
});

test("a task of a native async function is one frame, and what it awaits is not known to be awaited", async () => {
  await onHostLoop(function* () {
    const inner = createTask(pause());
    const native = createTask(async function native() {
      await inner;
    });
    assert.deepEqual(framesOf(native), ["at async native"]);
    yield* sleep(1);
    assert.deepEqual(framesOf(native), ["at async native"]);
    assert.deepEqual(awaiters(inner), []);
    const waiting = createTask(waits(native), { name: "waiting" });
    yield* sleep(1);
    assert.deepEqual(awaiters(native), ["waiting"]);
    yield* waiting;
  });
});

test("no task runs in a callback, and outside of a loop nothing is known without a Future", () => {
  onLoop(function* () {
    const graphs: unknown[] = [];
    getRunningLoop().callSoon(() => graphs.push(captureCallGraph(), captureCallGraph(null)));
    yield* sleep(0);
    assert.deepEqual(graphs, [null, null]);
  });
  assert.throws(
    () => captureCallGraph(),
    (error) => error instanceof RuntimeError && /no running event loop: give the Future or Task/.test(error.message),
  );
});

test("a Future can be asked about outside of its loop", () => {
  const task = runVirtual(function* () {
    const made = createTask(pause());
    yield* made;
    return made as Future<unknown>;
  });
  assert.deepEqual(captureCallGraph(task), { future: task, callStack: [], awaitedBy: [] });
});

test("what is no Future, and options that are no whole numbers, are refused", () => {
  onLoop(function* () {
    const made = pause();
    assert.throws(() => captureCallGraph(made as never), /^TypeError: a Future or Task is expected, got .*Coroutine/);
    assert.throws(() => captureCallGraph(null, { depth: 0.5 }), /^TypeError: depth must be an integer, got 0.5/);
    assert.throws(
      () => captureCallGraph(null, { limit: "1" as never }),
      /^TypeError: limit must be an integer, got "1"/,
    );
    yield* made;
  });
});
