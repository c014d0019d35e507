// What the programs of the tour print, on virtual time: whoever reads along sees just these lines.
import assert from "node:assert/strict";
import { after, before, mock, test } from "node:test";
import { EventLoop, setEventLoopPolicy } from "../../bindings/index.js";
import { VirtualHost } from "../../bindings/testing.js";
import { byHand } from "../../examples/tour/byHand.js";
import { cancelByTimer } from "../../examples/tour/cancelByTimer.js";
import { completing } from "../../examples/tour/completing.js";
import { conditions } from "../../examples/tour/conditions.js";
import { events } from "../../examples/tour/events.js";
import { locks } from "../../examples/tour/locks.js";
import { queues } from "../../examples/tour/queues.js";
import { semaphores } from "../../examples/tour/semaphores.js";
import { switching } from "../../examples/tour/switching.js";
import { waiting } from "../../examples/tour/waiting.js";

before(() => setEventLoopPolicy({ newEventLoop: () => new EventLoop({ host: new VirtualHost() }) }));
after(() => setEventLoopPolicy(null));

async function linesOf(program: () => Promise<void>): Promise<string[]> {
  const log = mock.method(console, "log", () => {});
  try {
    await program();
  } finally {
    log.mock.restore();
  }
  return log.mock.calls.map((call) => (call.arguments as unknown[]).map(String).join(" "));
}

test("wait gives the first, then nothing within a timeout, then the rest", async () => {
  assert.deepEqual(await linesOf(waiting), [
    "the first: short after 40 ms; 2 pending",
    "within 20 ms more: nothing; 2 pending",
    "the rest: middle after 120 ms, long after 200 ms; 0 pending",
  ]);
});

test("as they complete, two arrive before the timeout", async () => {
  assert.deepEqual(await linesOf(completing), ["completed: quick", "completed: middling", "the others took too long"]);
});

test("a timer cancels a task in its third round", async () => {
  assert.deepEqual(await linesOf(cancelByTimer), ["round 1", "round 2", "round 3", "cancelled: time is up"]);
});

test("a lock that a timer releases goes from one to the other in their order", async () => {
  assert.deepEqual(await linesOf(locks), [
    "first waits for the lock",
    "second waits for the lock",
    "a timer releases the lock",
    "first has it",
    "first has released it",
    "second has it",
    "second has released it",
    "locked: false",
  ]);
});

test("an event wakes everybody who waits for it", async () => {
  const names = ["Ada", "Grace", "Edsger"];
  const expected = [...names.map((name) => `${name} is ready`), "go!", ...names.map((name) => `${name} runs`)];
  assert.deepEqual(await linesOf(events), expected);
});

test("a condition notifies two of four, then the others", async () => {
  assert.deepEqual(await linesOf(conditions), [
    "notify two",
    "one was notified",
    "two was notified",
    "notify all that are left",
    "three was notified",
    "four was notified",
  ]);
});

test("a semaphore lets the third one in when the others leave", async () => {
  assert.deepEqual(await linesOf(semaphores), [
    "first works",
    "second works",
    "first leaves",
    "second leaves",
    "third works",
    "third leaves",
  ]);
});

test("three consumers share nine items, and the producer waits whenever the queue is full", async () => {
  const lines = await linesOf(queues);
  const isDone = (line: string): boolean => line.includes("has done");
  const names = ["one", "two", "three"];
  const expected = Array.from({ length: 9 }, (_, i) => `${names[i % 3]} has done item ${i + 1}`);
  assert.deepEqual(lines.filter(isDone), expected);
  assert.deepEqual(
    lines.filter((line) => !isDone(line)),
    [...[3, 5, 6, 8, 9].map((item) => `the queue is full, item ${item} has to wait`), "every item is done"],
  );
});

test("the scheduler by hand counts as the loop does; only the loop's clock is virtual", async () => {
  const lines = await linesOf(byHand);
  for (const name of ["slow", "quick"]) {
    const counted = lines.filter((line) => line.startsWith(`by hand, ${name}`)).map((line) => line.split(",")[1]);
    assert.deepEqual(counted, [` ${name} 1`, ` ${name} 2`, ` ${name} 3`]);
  }
  assert.deepEqual(
    lines.filter((line) => line.startsWith("on the loop")),
    ["quick 1", "quick 2", "slow 1", "quick 3", "slow 2", "slow 3"].map(
      (step) => `on the loop, ${step}, after about ${step.startsWith("slow") ? 100 : 40} ms`,
    ),
  );
});

test("greenlets and tasks hand each other the same values in the same order", async () => {
  const lines = await linesOf(switching);
  const expected = [
    "answerer hears: Which way to the sea?",
    "asker hears: Down the hill.",
    "answerer hears: And how far is it?",
    "asker hears: Two songs and a rest.",
  ];
  assert.deepEqual(lines, [...expected.map((line) => `greenlet ${line}`), ...expected.map((line) => `task ${line}`)]);
});
