import assert from "node:assert/strict";
import { test } from "node:test";
import { createTask, EventLoop, Event, gather, getRunningLoop, run, sleep, type Steps } from "../../bindings/index.js";
import { coreReport, inspectedLoop, type CoreReport } from "../../bindings/inspect.js";
import { VirtualHost } from "../../bindings/testing.js";
import { RawCore } from "../support/rawCore.js";

/** The debug core with its inspector, and whatever core this process runs on, read from memory. */
const LOOPS = [
  { name: "an inspected loop", make: () => inspectedLoop({ host: new VirtualHost() }) },
  { name: "any other loop", make: () => new EventLoop({ host: new VirtualHost() }) },
];

function testReport(title: string, body: (loop: EventLoop) => Steps<void>): void {
  for (const { name, make } of LOOPS) {
    test(`${title} [${name}]`, () => run(() => body(getRunningLoop()), { name: "main", loopFactory: make }));
  }
}

testReport("each task is there with its name and what it waits for", function* (loop) {
  const event = new Event();
  const sleeper = createTask(sleep(1000), { name: "sleeper" });
  createTask(event.wait(), { name: "idle" });
  createTask(
    function* () {
      yield* sleeper;
    },
    { name: "joiner" },
  );
  yield;
  createTask(sleep(1), { name: "new" });
  const tasks = coreReport(loop).tasks.map(({ name, state, waitsFor }) => [name, state, waitsFor]);
  assert.deepEqual(tasks, [
    ["main", "running", null],
    ["sleeper", "waiting", "<sleep(1000) pending>"],
    ["idle", "waiting", "<wait() of <Event [unset, waiters:1]> pending>"],
    ["joiner", "waiting", "<Task pending name='sleeper' wait_for=<sleep(1000) pending>>"],
    ["new", "ready", null],
  ]);
  event.set();
});

testReport("a task that is being cancelled says so", function* (loop) {
  const task = createTask(sleep(1000), { name: "unwanted" });
  yield;
  task.cancel();
  assert.deepEqual(
    coreReport(loop).tasks.map(({ name, cancelling }) => [name, cancelling]),
    [
      ["main", 0],
      ["unwanted", 1],
    ],
  );
});

testReport("what is ready is there in order, and whether it belongs to this iteration", function* (loop) {
  let report: CoreReport | undefined;
  loop.callSoon(() => {
    loop.callSoon(function later() {});
    report = coreReport(loop);
  });
  createTask(sleep(0), { name: "sibling" });
  yield* sleep(0);
  assert.deepEqual(
    report!.ready.map(({ name, kind, isInBatch }) => [name, kind, isInBatch]),
    [
      ["task 'sibling'", "task", true],
      ["task 'main'", "task", true],
      ["<Handle function later>", "callback", false],
    ],
  );
});

testReport("the timers are there in the order in which they fire", function* (loop) {
  createTask(sleep(30));
  yield;
  loop.callLater(20, function second() {});
  loop.callLater(10, function first() {});
  loop.callLater(20, function third() {});
  assert.deepEqual(
    coreReport(loop).timers.map(({ name, deadline }) => [name, deadline]),
    [
      ["<Handle function first>", 10],
      ["<Handle function second>", 20],
      ["<Handle function third>", 20],
      ["sleep(30)", 30],
    ],
  );
});

testReport("who waits for whom is there, first come first", function* (loop) {
  const future = loop.createFuture<void>();
  for (const name of ["a", "b"]) {
    createTask(
      function* () {
        yield* future;
      },
      { name },
    );
  }
  yield;
  const awaited = coreReport(loop).awaited.find(({ kind }) => kind === "future")!;
  assert.equal(awaited.name, "<Future pending>");
  assert.deepEqual(
    awaited.waiters.map(({ name }) => name),
    ["task 'a'", "task 'b'"],
  );
  future.setResult();
});

testReport("slots are counted by kind, and a slot in nobody's use is not", function* (loop) {
  const future = loop.createFuture<void>();
  const waiting = createTask(function* () {
    yield* future;
  });
  yield;
  future.setResult();
  loop.callLater(5, () => {});
  loop.callSoon(() => {});
  // One callback ends the run when main is done.
  assert.deepEqual(coreReport(loop).slots, { task: 2, future: 0, callback: 2, timer: 1, observer: 0, node: 0 });
  yield* waiting;
});

testReport("counters are there by name", function* (loop) {
  const before = coreReport(loop).counters;
  yield* sleep(5);
  loop.callLater(1, () => {}).cancel();
  const after = coreReport(loop).counters;
  const difference = (name: string): number => after[name]! - before[name]!;
  assert.deepEqual(["timersOpened", "timersFired", "timersCancelled"].map(difference), [2, 1, 1]);
});

testReport(
  "asking in the middle of a batch disturbs nothing, also where the answer needs more memory",
  function* (loop) {
    const order: number[] = [];
    for (let i = 0; i < 3000; i++) {
      loop.callSoon(() => {
        order.push(i);
        if (i % 100 === 0) coreReport(loop);
        if (i % 100 === 1) loop.callSoon(() => order.push(3000 + i));
      });
    }
    yield;
    yield;
    const late = Array.from({ length: 30 }, (_, i) => 3001 + i * 100);
    assert.deepEqual(order, [...Array(3000).keys(), ...late]);
    assert.equal(coreReport(loop).ready.length, 0);
  },
);

test("an inspected loop says that its invariants hold; of another nobody knows", () => {
  const [inspected, other] = LOOPS.map(({ make }) => coreReport(make()));
  assert.equal(inspected!.isInspected, true);
  assert.equal(inspected!.invariants, "all invariants hold");
  assert.equal(other!.isInspected, false);
  assert.equal(other!.invariants, null);
});

test("a broken invariant is in the report of an inspected loop", () => {
  const loop = inspectedLoop({ host: new VirtualHost() });
  for (const delay of [10, 20]) loop.callLater(delay, () => {});
  loop._core.timerDeadline();
  new RawCore("debug", loop._core.exports).setDeadline(1, 5);
  assert.match(coreReport(loop).invariants!, /^I-TH1: /);
});

test("the slots ever used are known to the debug core only", () => {
  const [inspected, other] = LOOPS.map(({ make }) => {
    const loop = make();
    loop.callSoon(() => {}).cancel();
    return coreReport(loop).counters;
  });
  assert.equal(inspected!["slotsUsed"], 1);
  assert.equal(other!["slotsUsed"], undefined);
});

test("a core that has stopped names its fault", () => {
  const loop = inspectedLoop({ host: new VirtualHost() });
  assert.throws(() => loop._core.exports.slotFree(0), WebAssembly.RuntimeError);
  assert.equal(coreReport(loop).fault, "2 (slot out of range)");
});

test("a closed loop still has a report", () => {
  for (const { make } of LOOPS) {
    const loop = make();
    loop.callSoon(() => {});
    loop.close();
    assert.deepEqual(
      coreReport(loop).ready.map(({ name }) => name),
      ["a callback"],
    );
  }
});

test("what is no loop is refused by name", () => {
  assert.throws(() => coreReport({} as EventLoop), {
    name: "TypeError",
    message: "coreReport expects an EventLoop, got an object of class Object",
  });
});

test("as text a report says who waits for what", async () => {
  const text = await run(
    function* () {
      const loop = getRunningLoop();
      createTask(
        function* () {
          yield* gather([createTask(sleep(500), { name: "short" }), createTask(sleep(700), { name: "long" })]);
        },
        { name: "pair" },
      );
      yield* sleep(100);
      loop.callSoon(function soon() {});
      return String(coreReport(loop));
    },
    { name: "main", loopFactory: () => inspectedLoop({ host: new VirtualHost() }) },
  );
  const lines = text.split("\n").filter((line) => !line.startsWith("counters: "));
  assert.deepEqual(lines, [
    "event loop at 100 ms, on the debug core",
    "invariants: all invariants hold",
    "tasks (4):",
    "  'main' is running",
    "  'pair' waits for <Gathering pending>",
    "  'short' waits for <sleep(500) pending>",
    "  'long' waits for <sleep(700) pending>",
    "ready (1):",
    "  <Handle function soon>, next time",
    "timers (2):",
    "  sleep(500), due in 400 ms",
    "  sleep(700), due in 600 ms",
    "awaited (6):",
    "  task 'main': <Handle a function>",
    "  task 'short': Gathering",
    "  task 'long': Gathering",
    "  <Gathering pending>: task 'pair'",
    "  <sleep(500) pending>: task 'short'",
    "  <sleep(700) pending>: task 'long'",
    "slots: task 4, future 3, callback 2, timer 2, observer 1",
    "memory: 64 KiB",
  ]);
});

test("as text a report shows the beginning of a long list and counts the rest", async () => {
  const text = await run(
    function* () {
      for (let i = 0; i < 100; i++) getRunningLoop().callSoon(() => {});
      return String(coreReport(getRunningLoop()));
    },
    { loopFactory: LOOPS[1]!.make },
  );
  assert.match(text, /\nready \(100\):\n( {2}<Handle.*\n){20} {2}and 80 more\n/);
});
