// sourceTraceback: where the thing that a report is about was made.
import assert from "node:assert/strict";
import { test } from "node:test";
import { coroutine, createTask, gather, sleep, taskGroup } from "../../bindings/index.js";
import { runProgram } from "../support/child.js";
import { onDebugLoop, type DebugStage } from "./onDebugLoop.js";

const fail = coroutine(function* () {
  yield;
  throw new Error("nobody looks");
});

/** The first line of the only report's creation stack. */
function sourceOf({ reports }: DebugStage): string {
  assert.equal(reports.length, 1);
  return (reports[0]!.sourceTraceback ?? "no stack").split("\n")[0]!;
}

test("a failed task's report says where the task was made", async () => {
  const stage = await onDebugLoop(function* makesTheTask() {
    createTask(fail());
    yield* sleep(5);
  });
  assert.match(sourceOf(stage), /makesTheTask.*creationStacks\.test\.[jt]s/);
});

test("a failed future's report says where the future was made", async () => {
  const stage = await onDebugLoop(function* ({ loop }) {
    function makesTheFuture(): void {
      loop.createFuture().setException(new Error("nobody looks"));
    }
    makesTheFuture();
    yield;
  });
  assert.match(sourceOf(stage), /makesTheFuture.*creationStacks\.test\.[jt]s/);
});

for (const method of ["callSoon", "callLater"] as const) {
  test(`the report of an exception in a callback of ${method} says where it was scheduled`, async () => {
    const stage = await onDebugLoop(function* schedules({ loop }) {
      const raise = (): never => {
        throw new Error("in the callback");
      };
      if (method === "callSoon") loop.callSoon(raise);
      else loop.callLater(1, raise);
      yield* sleep(5);
    });
    assert.match(sourceOf(stage), /schedules.*creationStacks\.test\.[jt]s/);
  });
}

test("the report of an exception in a done callback says where it was added", async () => {
  const stage = await onDebugLoop(function* addsTheCallback({ loop }) {
    const future = loop.createFuture<void>();
    future.addDoneCallback(() => {
      throw new Error("in the callback");
    });
    future.setResult();
    yield;
  });
  assert.match(sourceOf(stage), /addsTheCallback.*creationStacks\.test\.[jt]s/);
});

test("the library's own frames are left out, however many there are", async () => {
  const stage = await onDebugLoop(function* ({ loop }) {
    yield* taskGroup(function* inTheGroup(group) {
      const child = group.createTask(sleep(1));
      yield* gather([child]);
      loop.callExceptionHandler({ message: "look at the child", task: child });
    });
  });
  assert.match(sourceOf(stage), /inTheGroup.*creationStacks\.test\.[jt]s/);
  assert.doesNotMatch(stage.reports[0]!.sourceTraceback!, /\/bindings\//);
});

test("a creation stack does not depend on Error.stackTraceLimit", async () => {
  const limit = Error.stackTraceLimit;
  Error.stackTraceLimit = 1;
  try {
    const stage = await onDebugLoop(function* makesTheTask() {
      createTask(fail());
      yield* sleep(5);
    });
    assert.match(sourceOf(stage), /makesTheTask/);
    assert.equal(Error.stackTraceLimit, 1);
  } finally {
    Error.stackTraceLimit = limit;
  }
});

test("a report about something made before debug mode was switched on has no stack", async () => {
  const stage = await onDebugLoop(
    function* ({ loop }) {
      createTask(fail());
      loop.setDebug(true);
      yield* sleep(5);
    },
    { debug: false },
  );
  assert.equal(stage.reports.length, 1);
  assert.equal("sourceTraceback" in stage.reports[0]!, false);
});

test("without debug mode there are no stacks", async () => {
  const stage = await onDebugLoop(
    function* ({ loop }) {
      createTask(fail());
      loop.callSoon(() => {
        throw new Error("in the callback");
      });
      yield* sleep(5);
    },
    { debug: false },
  );
  assert.equal(stage.reports.length, 2);
  for (const report of stage.reports) assert.equal("sourceTraceback" in report, false);
});

test("the report of a future that was collected says where it was made", async () => {
  const program = `
    import { createTask, getRunningLoop, run, sleep } from "wasyncio";
    await run(function* () {
      const reports = [];
      getRunningLoop().setExceptionHandler((_, context) => reports.push(context));
      (function makesTheTask() {
        createTask(() => { throw new Error("collected"); });
      })();
      for (let i = 0; i < 50 && reports.length === 0; i++) {
        yield* sleep(1);
        globalThis.gc();
      }
      console.log(reports.length, /makesTheTask/.test(reports[0].sourceTraceback));
    }, { debug: true });
  `;
  const { stdout, stderr } = await runProgram(program, { flags: ["--expose-gc"] });
  assert.equal(stderr, "");
  assert.equal(stdout, "1 true\n");
});
