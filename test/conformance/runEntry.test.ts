import assert from "node:assert/strict";
import { test } from "node:test";
import * as library from "../../bindings/index.js";
import type { Block, Entry, Program, TraceEvent } from "./format.js";
import { describeFailure, firstDifference } from "./report.js";
import { type Outcome, runEntry } from "./runEntry.js";
import { Budget } from "./runtime/budget.js";
import type { Library } from "./runtime/library.js";

const whole = library as unknown as Library;

function run(program: Program, trace: readonly TraceEvent[], exports: Library = whole): Promise<Outcome> {
  return runEntry({ name: "a program", program, trace }, exports);
}

function runMain(b: Block, trace: readonly TraceEvent[], exports: Library = whole): Promise<Outcome> {
  return run({ coros: { main: { b } } }, trace, exports);
}

const ended = (time: number): TraceEvent[] => [
  [time, null, "main", "=", null],
  [time, null, "end"],
];

test("a program with the recorded trace passes", async () => {
  const outcome = await runMain([["t", "slept", ["sleep", 3, "r"]]], [[3, "Task-1", "slept", "=", "r"], ...ended(3)]);
  assert.deepEqual(outcome, { status: "passed" });
});

test("a trace with a wrong value is reported with the first event that differs", async () => {
  const program: Program = {
    coros: {
      main: {
        b: [
          ["trace", "a"],
          ["t", "b", ["sleep", 1]],
        ],
      },
    },
  };
  const trace: TraceEvent[] = [[0, "Task-1", "a"], [2, "Task-1", "b", "=", null], ...ended(1)];
  const entry: Entry = { name: "a program", program, trace };
  const outcome = await runEntry(entry, whole);
  assert.equal(outcome.status, "failed");
  if (outcome.status !== "failed") return;
  assert.equal(firstDifference(trace, outcome.trace), 1);
  assert.match(describeFailure(entry, outcome), /expected 1 \[2,"Task-1","b".*\n(.*\n)*.*actual {3}1 \[1,"Task-1","b"/);
});

test("a trace that misses the last event fails", async () => {
  const outcome = await runMain([], ended(0).slice(0, 1));
  assert.equal(outcome.status, "failed");
});

test("an unknown operation is an error, not a skip", async () => {
  const outcome = await runMain([["levitate", 3]], ended(0));
  assert.equal(outcome.status, "failed");
  assert.match(outcome.status === "failed" ? String(outcome.reason) : "", /unknown operation 'levitate'/);
});

test("a program that needs an export which is missing is skipped and names the operation", async () => {
  const exports = { ...whole, Queue: undefined } as unknown as Library;
  const outcome = await runMain([["let", "q", ["queue", 0]]], ended(0), exports);
  assert.deepEqual(outcome, { status: "skipped", missing: ["queue (Queue)"] });
});

test("a program that needs a method which is missing is skipped", async () => {
  const exports = { ...whole, Lock: class {} } as unknown as Library;
  const body: Block = [["with", ["lock"], null, [["trace", "in"]]]];
  assert.deepEqual(await runMain(body, ended(0), exports), { status: "skipped", missing: ["with lock (Lock#with)"] });
});

test("a program that waits for ever ends with the names of its tasks, and no handler runs", async () => {
  const body: Block = [["try", [["await", ["future"]]], { finally: [["trace", "never"]] }]];
  assert.deepEqual(await runMain(body, [[0, null, "deadlock", ["Task-1"]]]), { status: "passed" });
});

test("a program that never ends is stopped and says why", async () => {
  const outcome = await runMain([["while", true, [["sleep", 1]]]], []);
  assert.match(outcome.status === "failed" ? String(outcome.reason) : "", /woke its loop more than \d+ times/);
});

test("a program that never lets the clock move is stopped too", async () => {
  const outcome = await runMain(
    [
      [
        "while",
        true,
        [
          ["trace", "again"],
          ["sleep", 0],
        ],
      ],
    ],
    [],
  );
  assert.match(outcome.status === "failed" ? String(outcome.reason) : "", /woke its loop more than \d+ times/);
});

test("a program whose host is idle for ever is stopped", async () => {
  const ending = await new Budget().ended;
  assert.deepEqual(ending, { kind: "endless", reason: "nothing can run, yet it did not end" });
});

test("an error that the driver does not catch fails the program", async () => {
  const outcome = await run({ driver: [["raise", "ErrA", "loose"]] }, [[0, null, "end"]]);
  assert.match(outcome.status === "failed" ? String(outcome.reason) : "", /the driver failed: .*loose/);
});

test("task names count from one in every program", async () => {
  const trace: TraceEvent[] = [[0, "Task-1", "a", { task: "Task-2" }], ...ended(0)];
  const program: Program = {
    coros: { main: { b: [["trace", "a", ["task", ["coro", "nothing"]]]] }, nothing: { b: [] } },
  };
  assert.deepEqual(await run(program, trace), { status: "passed" });
  assert.deepEqual(await run(program, trace), { status: "passed" });
});

test("break, continue and return leave a scope as a normal exit and then take effect", async (t) => {
  const loop: Block = [
    ["if", ["eq", "$_i", 0], [["with", ["lock"], null, [["continue"]]]]],
    ["if", ["eq", "$_i", 2], [["with", ["timeout", null], null, [["with", ["lock"], null, [["break"]]]]]]],
    ["trace", "i", "$_i"],
  ];
  const main: Block = [
    ["repeat", 9, "_i", loop],
    ["t", "r", ["call", "inner"]],
  ];
  const inner: Block = [
    ["repeat", 2, null, [["with", ["taskgroup"], null, [["return", 7]]]]],
    ["trace", "unreached"],
  ];
  const outcome = await run({ coros: { main: { b: main }, inner: { b: inner } } }, [
    [0, "Task-1", "i", 1],
    [0, "Task-1", "r", "=", 7],
    ...ended(0),
  ]);
  if (outcome.status === "skipped") return t.skip(outcome.missing.join(", "));
  assert.deepEqual(outcome, { status: "passed" });
});

test("a result that is a task comes out of the driver's run as it is", async () => {
  const program: Program = {
    coros: { main: { b: [["return", ["task", ["coro", "nothing"], { name: "T" }]]] }, nothing: { b: [] } },
  };
  const outcome = await run(program, [
    [0, null, "main", "=", { task: "T" }],
    [0, null, "end"],
  ]);
  assert.deepEqual(outcome, { status: "passed" });
});

test("a task of a coroutine that has been awaited refuses it in its first step, even when it was cancelled before", async () => {
  const again = (id: string, ...before: Block): Block => [
    ["let", "task", ["task", "$spent"]],
    ...before,
    ["c", id, ["await", "$task"]],
  ];
  const main: Block = [
    ["let", "spent", ["coro", "nothing"]],
    ["await", "$spent"],
    ...again("started"),
    ...again("cancelled", ["cancel", "$task"]),
  ];
  const outcome = await run({ coros: { main: { b: main }, nothing: { b: [] } } }, [
    [0, "Task-1", "started", "!", { error: "RuntimeError" }],
    [0, "Task-1", "cancelled", "!", { error: "RuntimeError" }],
    ...ended(0),
  ]);
  assert.deepEqual(outcome, { status: "passed" });
});
