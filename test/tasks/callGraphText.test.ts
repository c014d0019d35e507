import assert from "node:assert/strict";
import { test } from "node:test";
import {
  coroutine,
  createTask,
  formatCallGraph,
  Future,
  gather,
  getRunningLoop,
  printCallGraph,
  sleep,
  wait,
  type Steps,
  type Task,
} from "../../bindings/index.js";
import { onLoop } from "../support/onLoop.js";
import "../support/core.js";

const waits = coroutine(function* waits(awaitable: Future<unknown>): Steps<void> {
  yield* awaitable;
});
const around = coroutine(function* around(awaitable: Future<unknown>): Steps<void> {
  yield* waits(awaitable);
});

test("the text has asyncio's form: each future, its stack, innermost first, and who awaits it, further in", () => {
  onLoop(function* () {
    const future = new Future<null>();
    const both = [createTask(around(future), { name: "left" }), createTask(waits(future), { name: "right" })];
    const parent = createTask(() => gather(both), { name: "parent" });
    yield* sleep(1);
    assert.deepEqual(formatCallGraph(future).split("\n"), [
      "* <Future pending>",
      "  + Awaited by:",
      "    * Task(name='left')",
      "      + Call stack:",
      "      |   at async waits",
      "      |   at async around",
      "      + Awaited by:",
      "        * Task(name='parent')",
      "          + Call stack:",
      "          |   at async <anonymous>",
      "    * Task(name='right')",
      "      + Call stack:",
      "      |   at async waits",
      "      + Awaited by:",
      "        * Task(name='parent')",
      "          + Call stack:",
      "          |   at async <anonymous>",
    ]);
    assert.deepEqual(formatCallGraph(both[0], { limit: 0 }).split("\n"), [
      "* Task(name='left')",
      "  + Awaited by:",
      "    * Task(name='parent')",
    ]);
    future.setResult(null);
    yield* parent;
    assert.equal(formatCallGraph(parent), "* Task(name='parent')");
  });
});

test("tasks that await each other end the text where the first one comes again", () => {
  onLoop(function* () {
    const first: Task<unknown> = createTask(() => wait([second]), { name: "first" });
    const second: Task<unknown> = createTask(waits(first), { name: "second" });
    yield* sleep(1);
    assert.deepEqual(formatCallGraph(first).split("\n"), [
      "* Task(name='first')",
      "  + Awaited by:",
      "    * Task(name='second')",
      "      + Call stack:",
      "      |   at async waits",
      "      + Awaited by:",
      "        * Task(name='first') (see above)",
    ]);
    second.cancel();
    yield* wait([first, second]);
  });
});

test("the text of the running task begins where it is asked for, or as much deeper as `depth` says", () => {
  onLoop(function* () {
    function helper(): string[] {
      return [formatCallGraph(), formatCallGraph(null, { depth: 2 })];
    }
    const asks = coroutine(function* asks(): Steps<string[]> {
      yield* sleep(1);
      return [...helper()];
    });
    const [all, without] = yield* createTask(asks(), { name: "asks" });
    assert.match(all!, /^\* Task\(name='asks'\)\n {2}\+ Call stack:\n {2}\| {3}at helper \(.*\n {2}\| {3}at asks \(/);
    assert.match(without!, /^\* Task\(name='asks'\)\n {2}\+ Call stack:\n {2}\| {3}at asks \(/);
  });
});

test("printCallGraph writes the text with a newline, an empty line when no task runs", () => {
  onLoop(function* () {
    const texts: string[] = [];
    const file = { write: (text: string) => texts.push(text) };
    const task = createTask(sleep(1), { name: "task" });
    printCallGraph(task, { file });
    getRunningLoop().callSoon(() => printCallGraph(null, { file }));
    yield* task;
    assert.deepEqual(texts, ["* Task(name='task')\n", "\n"]);
  });
});

test("printCallGraph writes where the host logs errors when it is given no file", (t) => {
  const { mock } = t.mock.method(console, "error", () => {});
  onLoop(function* () {
    printCallGraph(new Future<void>());
    printCallGraph(undefined, { limit: 0 });
  });
  const texts = mock.calls.map(({ arguments: [text] }) => String(text));
  assert.equal(texts.length, 2);
  assert.equal(texts[0], "* <Future pending>");
  assert.match(texts[1]!, /^\* Task\(name='Task-\d+'\)$/);
});
