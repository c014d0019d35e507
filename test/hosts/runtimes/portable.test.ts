// What a user does everywhere, on the loop that run() makes and on the host's own time. Pages, their workers and workerd
// run this file as well, on stand-ins for `node:test` and `node:assert`.
import assert from "node:assert/strict";
import { test } from "node:test";
import {
  ContextVar,
  coroutine,
  createTask,
  currentTask,
  emit,
  asyncGenerator,
  forEach,
  gather,
  getRunningLoop,
  isCancelled,
  Lock,
  Queue,
  run,
  sleep,
  taskGroup,
  timeout,
  wrapFuture,
} from "../../../bindings/index.js";
import { Trace } from "../../support/trace.js";

/** More than one slice may hold, by steps, so that a standing clock does not matter. */
const MANY_STEPS = 50_000;

const nap = coroutine(function* (trace: Trace, name: string, delay: number) {
  yield* sleep(delay);
  trace.add(name);
  return name;
});

test("sleeps that are gathered end in the order of their delays and give their results in that of the call", async () => {
  const trace = new Trace();
  const results = await run(function* () {
    return yield* gather([nap(trace, "long", 30), nap(trace, "short", 1), nap(trace, "middle", 15)]);
  });
  assert.deepEqual(results, ["long", "short", "middle"]);
  trace.assertIs(["short", "middle", "long"]);
});

test("a sleep lasts by the loop's clock", async () => {
  await run(function* (task) {
    const loop = task.getLoop();
    const start = loop.time();
    yield* sleep(20);
    assert.ok(loop.time() - start >= 20);
  });
});

test("a deadline ends what waits too long", async () => {
  const trace = new Trace();
  await run(function* () {
    try {
      yield* timeout(5, function* () {
        try {
          yield* sleep(60_000);
        } finally {
          trace.add("cleaned up");
        }
      });
    } catch (error) {
      trace.add((error as Error).name);
    }
  });
  trace.assertIs(["cleaned up", "TimeoutError"]);
});

test("a child that fails cancels the rest of its group", async () => {
  const trace = new Trace();
  const failure = await run(function* () {
    yield* taskGroup(function* (group) {
      group.createTask(function* () {
        try {
          yield* sleep(60_000);
        } catch (error) {
          trace.add(isCancelled(error) ? "cancelled" : "failed");
          throw error;
        }
      });
      group.createTask(function* () {
        yield* sleep(1);
        throw new RangeError("no more");
      });
      yield* sleep(60_000);
    });
  }).catch((error: unknown) => error);
  assert.deepEqual((failure as AggregateError).errors.map(String), ["RangeError: no more"]);
  trace.assertIs(["cancelled"]);
});

test("a producer and its consumers share a queue, and a lock keeps them apart", async () => {
  const taken: number[] = [];
  await run(function* () {
    const queue = new Queue<number>(2);
    const lock = new Lock();
    const consumers = [1, 2, 3].map(() =>
      createTask(function* () {
        for (;;) {
          const item = yield* queue.get();
          yield* lock.with(function* () {
            yield* sleep(0);
            taken.push(item);
          });
          queue.taskDone();
        }
      }),
    );
    for (let item = 0; item < 20; item++) yield* queue.put(item);
    yield* queue.join();
    for (const consumer of consumers) consumer.cancel();
  });
  assert.deepEqual(
    taken,
    Array.from({ length: 20 }, (_, i) => i),
  );
});

test("promises of the host are awaited, and their errors thrown", async () => {
  await run(function* () {
    assert.equal(yield Promise.resolve("as it is"), "as it is");
    assert.equal(yield* wrapFuture(new Promise((resolve) => setTimeout(resolve, 1, "later"))), "later");
    try {
      yield Promise.reject(new RangeError("refused"));
      assert.fail("nothing was thrown");
    } catch (error) {
      assert.equal(String(error), "RangeError: refused");
    }
  });
});

test("an async function is a task that is told of its cancellation by its signal", async () => {
  const trace = new Trace();
  await run(function* () {
    const task = createTask(
      async ({ signal }) => {
        assert.equal(currentTask()?.getName(), "native");
        await new Promise((_resolve, reject) => signal.addEventListener("abort", () => reject(signal.reason as Error)));
      },
      { name: "native" },
    );
    yield* sleep(1);
    task.cancel();
    try {
      yield* task;
    } catch (error) {
      trace.add(isCancelled(error) ? "cancelled" : "failed");
    }
  });
  trace.assertIs(["cancelled"]);
});

test("each task has values of its own in a context variable", async () => {
  const name = new ContextVar<string>("name");
  const ask = coroutine(function* (value: string) {
    name.set(value);
    yield* sleep(1);
    return name.get();
  });
  const names = await run(function* () {
    return yield* gather([ask("a"), ask("b")]);
  });
  assert.deepEqual(names, ["a", "b"]);
  assert.equal(name.get("nobody"), "nobody");
});

test("an async generator is closed when its loop is left early", async () => {
  const trace = new Trace();
  const count = asyncGenerator(function* () {
    try {
      for (let i = 0; ; i++) {
        yield* sleep(1);
        yield* emit(i);
      }
    } finally {
      trace.add("closed");
    }
  });
  await run(function* () {
    yield* forEach(count(), (i) => {
      trace.add(`got ${String(i)}`);
      return i !== 2;
    });
  });
  trace.assertIs(["got 0", "got 1", "got 2", "closed"]);
});

test("a program that never waits lets the host's timers go on between its slices", async () => {
  let turns = 0;
  const interval = setInterval(() => turns++, 1);
  await run(function* () {
    let steps = 0;
    while (steps < MANY_STEPS || turns < 3) {
      steps++;
      yield;
    }
  });
  clearInterval(interval);
  assert.ok(turns >= 3);
});

test("two runs at once have a loop each and leave each other alone", async () => {
  const trace = new Trace();
  const program = (name: string, delay: number) =>
    run(async function () {
      const loop = getRunningLoop();
      for (let i = 1; i <= 3; i++) {
        await new Promise((resolve) => setTimeout(resolve, 1));
        await loop.createTask(sleep(delay));
      }
      trace.add(name);
      return loop;
    });
  const [slow, fast] = await Promise.all([program("slow", 40), program("fast", 1)]);
  trace.assertIs(["fast", "slow"]);
  assert.notEqual(slow, fast);
  assert.ok(slow.isClosed() && fast.isClosed());
});

test("a thousand tasks sleep at the same time", async () => {
  const count = await run(function* () {
    const naps = Array.from({ length: 1000 }, () => createTask(sleep(10, 1)));
    let sum = 0;
    for (const each of naps) sum += yield* each;
    return sum;
  });
  assert.equal(count, 1000);
});
