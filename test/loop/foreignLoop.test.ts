// Loops whose subclass schedules callbacks itself: one and the same program runs on all of them.
import assert from "node:assert/strict";
import { test } from "node:test";
import * as library from "../../bindings/index.js";
import {
  ContextVar,
  copyContext,
  createTask,
  currentTask,
  EventLoop,
  gather,
  getRunningLoop,
  isCancelled,
  Lock,
  Queue,
  run,
  sleep,
  timeout,
  TimeoutError,
  type ExceptionContext,
  type Steps,
} from "../../bindings/index.js";
import { VirtualHost } from "../../bindings/testing.js";
import { CORPUS_FILES, readEntries } from "../conformance/corpus.js";
import { describeFailure } from "../conformance/report.js";
import { runEntry } from "../conformance/runEntry.js";
import type { Library } from "../conformance/runtime/library.js";
import { assertClean } from "../support/onLoop.js";
import { CountingLoop, HostTimersLoop } from "./otherLoops.js";

const LOOPS: Record<string, () => EventLoop> = {
  "our loop": () => new EventLoop({ host: new VirtualHost() }),
  "the loop in debug mode": () => new EventLoop({ host: new VirtualHost(), debug: true }),
  "a loop on host timers": () => new HostTimersLoop(),
  "a loop that counts": () => new CountingLoop({ host: new VirtualHost() }),
};

/** Callbacks, timers, tasks, a lock, a queue, a timeout, a gathering, a cancellation. */
function* program(note: (event: string) => void): Steps<string> {
  const loop = getRunningLoop();
  const lock = new Lock();
  const queue = new Queue<number>(1);
  loop.callSoon(note, "soon");
  loop.callSoon(note, "never").cancel();
  const worker = function* (name: string, delay: number): Steps<string> {
    yield* lock.with(() => sleep(delay));
    note(`${name} had the lock`);
    yield* queue.put(delay);
    return name;
  };
  const victim = createTask(sleep(1000), { name: "victim" });
  const workers = gather([worker("a", 10), worker("b", 5)].map((steps) => createTask(steps)));
  note(`got ${yield* queue.get()}`);
  note(`got ${yield* queue.get()}`);
  note((yield* workers).join());
  victim.cancel("enough");
  try {
    yield* victim;
  } catch (error) {
    note(isCancelled(error) ? `cancelled: ${String(error.msg)}` : "failed");
  }
  loop.callLater(5, note, "timer");
  try {
    yield* timeout(20, () => sleep(1000));
  } catch (error) {
    note(error instanceof TimeoutError ? "timed out" : "failed");
  }
  return currentTask()!.getName();
}

const TRACE = [
  "soon",
  "a had the lock",
  "got 10",
  "b had the lock",
  "got 5",
  "a,b",
  "cancelled: enough",
  "timer",
  "timed out",
];

for (const [name, loopFactory] of Object.entries(LOOPS)) {
  test(`one and the same program runs on ${name}`, async () => {
    const trace: string[] = [];
    const loop = loopFactory();
    assert.equal(
      await run(() => program((event) => trace.push(event)), { loopFactory: () => loop, name: "main" }),
      "main",
    );
    assert.deepEqual(trace, TRACE);
    assertClean(loop);
  });

  test(`on ${name} an exception in a callback is reported and costs only that callback`, async () => {
    const loop = loopFactory();
    const reports: ExceptionContext[] = [];
    loop.setExceptionHandler((_loop, context) => reports.push(context));
    const error = new Error("thrown on purpose");
    const raise = (): never => {
      throw error;
    };
    const result = await run(
      function* () {
        loop.callSoon(raise);
        loop.callLater(1, raise);
        return yield* sleep(5, "went on");
      },
      { loopFactory: () => loop },
    );
    assert.equal(result, "went on");
    assert.deepEqual(
      reports.map(({ exception }) => exception),
      [error, error],
    );
    for (const { message } of reports) assert.match(message, /^Exception in callback/);
  });

  test(`on ${name} callbacks run in their contexts, with the loop as the running one`, async () => {
    const loop = loopFactory();
    const variable = new ContextVar<string>("variable", { default: "unset" });
    const seen: string[] = [];
    const look = (from: string): void => {
      assert.equal(getRunningLoop(), loop);
      assert.equal(currentTask(), null);
      seen.push(`${from}: ${variable.get()}`);
    };
    await run(
      function* () {
        const context = copyContext();
        context.run(() => variable.set("in the context"));
        variable.set("in the task");
        loop.callSoon(look, "callSoon");
        loop.callSoonIn(context, look, "callSoonIn");
        const future = loop.createFuture<void>();
        future.addDoneCallbackIn(context, () => look("done"));
        future.setResult();
        yield* sleep(5);
        yield* createTask(function* () {
          seen.push(`task: ${variable.get()}`);
          yield;
        });
      },
      { loopFactory: () => loop },
    );
    assert.deepEqual(seen, [
      "callSoon: in the task",
      "callSoonIn: in the context",
      "done: in the context",
      "task: in the task",
    ]);
  });

  test(`on ${name} runs may follow each other, and what is left is cancelled at the end`, async () => {
    const loop = loopFactory();
    const runner = new library.Runner({ loopFactory: () => loop });
    const trace: string[] = [];
    await runner.run(function* () {
      createTask(function* () {
        try {
          yield* sleep(1000);
        } finally {
          trace.push("cancelled at the end");
        }
      });
      yield;
    });
    assert.equal(await runner.run(() => "second run"), "second run");
    await runner.close();
    assert.deepEqual(trace, ["cancelled at the end"]);
    assertClean(loop);
  });
}

test("a subclass sees every callback, step and timer of a program", async () => {
  const loop = new CountingLoop({ host: new VirtualHost() });
  await run(
    function* () {
      const before = loop.soon;
      loop.callSoon(() => {});
      yield* createTask(sleep(1));
      loop.callLater(1, () => {});
      loop.callAt(loop.time() + 1, () => {});
      yield* sleep(2);
      assert.ok(loop.soon - before >= 4, `${loop.soon - before} callbacks`);
    },
    { loopFactory: () => loop },
  );
  assert.equal(loop.timers, 4);
});

test("a subclass that overrides nothing of the four is driven by the core as ever", async () => {
  class Named extends EventLoop {
    readonly name = "named";
  }
  const loop = new Named({ host: new VirtualHost() });
  const result = await run(() => sleep(1, "slept"), { loopFactory: () => loop });
  assert.equal(await result, "slept");
});

/** One program of so many. */
const EVERY = 5;
const SHOWN = 3;

test("the recorded programs leave the traces that CPython left on a loop that passes everything on", async () => {
  const passesOn = { ...library, EventLoop: CountingLoop } as unknown as Library;
  const failures: string[] = [];
  for (const [i, entry] of CORPUS_FILES.flatMap(readEntries).entries()) {
    if (i % EVERY !== 0) continue;
    const outcome = await runEntry(entry, passesOn);
    if (outcome.status === "failed") failures.push(describeFailure(entry, outcome));
  }
  assert.equal(failures.length, 0, [`${failures.length} failed`, ...failures.slice(0, SHOWN)].join("\n"));
});
