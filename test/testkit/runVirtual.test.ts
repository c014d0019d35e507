import assert from "node:assert/strict";
import { test } from "node:test";
import { coroutine, createTask, getRunningLoop, isCancelled, RuntimeError, sleep } from "../../bindings/index.js";
import { leakReport, runVirtual } from "../../bindings/testing.js";
import { Trace } from "../support/trace.js";

test("runVirtual runs a program to its end before it returns, and no real time passes", () => {
  const start = performance.now();
  const result = runVirtual(function* (task) {
    yield* sleep(86_400_000);
    return task.getLoop().time();
  });
  assert.equal(result, 86_400_000);
  assert.ok(performance.now() - start < 10_000);
});

test("runVirtual takes functions, coroutines and generators", () => {
  const answer = coroutine(function* () {
    yield* sleep(1);
    return 42;
  });
  assert.equal(runVirtual(answer), 42);
  assert.equal(runVirtual(answer()), 42);
  assert.equal(
    runVirtual(() => 42),
    42,
  );
});

test("runVirtual throws what main throws", () => {
  const error = new RangeError("thrown");
  const failing = (): void =>
    runVirtual(function* () {
      yield* sleep(1);
      throw error;
    });
  assert.throws(failing, error);
});

test("runVirtual shuts down as run does: leftovers are cancelled and awaited, the loop is closed", () => {
  const trace = new Trace();
  const loop = runVirtual(function* () {
    createTask(function* () {
      try {
        yield* sleep(1000);
      } catch (error) {
        trace.add(isCancelled(error) ? "cancelled" : "?");
        yield* sleep(10);
        trace.add("left");
      }
    });
    yield* sleep(1);
    return getRunningLoop();
  });
  trace.assertIs(["cancelled", "left"]);
  assert.equal(loop.isClosed(), true);
  assert.equal(leakReport(loop).isClean, true);
});

test("runVirtual refuses what can not be run", () => {
  assert.throws(() => runVirtual(5 as never), TypeError);
});

test("runVirtual can be called inside a plain microtask or timer, and one after the other", async () => {
  const results = [runVirtual(sleep(1, "a"))];
  await Promise.resolve().then(() => results.push(runVirtual(sleep(1, "b"))));
  assert.deepEqual(results, ["a", "b"]);
});

test("a thousand runs of one program leave the same trace", () => {
  const leaveTrace = (): string => {
    const events: string[] = [];
    runVirtual(function* (task) {
      const loop = task.getLoop();
      const worker = (id: number) =>
        function* () {
          for (let i = 0; i < 3; i++) {
            yield* sleep((id * 7 + i * 3) % 5);
            events.push(`${id}.${i}@${loop.time()}`);
          }
        };
      const tasks = Array.from({ length: 5 }, (_, id) => createTask(worker(id)));
      tasks[3]!.cancel();
      for (const each of tasks) if (each !== tasks[3]) yield* each;
    });
    return events.join(" ");
  };
  const first = leaveTrace();
  for (let run = 1; run < 1000; run++) assert.equal(leaveTrace(), first);
});

test("runVirtual in a step of the background loop leaves that step its task", async () => {
  const task = createTask(function* () {
    const inner = runVirtual(sleep(1, "inner"));
    yield* sleep(0);
    return `${inner}, then outer`;
  });
  assert.equal(await task, "inner, then outer");
});

test("a misuse inside runVirtual is the program's own error", () => {
  assert.throws(
    () =>
      runVirtual(function* () {
        const c = sleep(1);
        yield* c;
        yield* c;
      }),
    RuntimeError,
  );
});

test("runVirtual in debug mode runs in a step of the background loop too", async () => {
  const virtual = createTask(function* () {
    return runVirtual(
      function* () {
        return yield* createTask(sleep(1000, "virtual"));
      },
      { debug: true },
    );
  });
  assert.equal(await virtual, "virtual");
});
