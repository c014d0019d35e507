// Whom a call graph names as awaiting a future.
import assert from "node:assert/strict";
import { test } from "node:test";
import {
  createTask,
  currentTask,
  EventLoop,
  Future,
  gather,
  shield,
  sleep,
  taskGroup,
  wait,
  type Steps,
  type Task,
  type TaskGroup,
} from "../../bindings/index.js";
import { VirtualHost } from "../../bindings/testing.js";
import { awaiters, framesOf, pause, waits } from "../support/callGraphs.js";
import { onHostLoop, onLoop } from "../support/onLoop.js";
import "../support/core.js";

test("awaiters come in the order in which they began to wait, whichever way they wait", () => {
  onLoop(function* () {
    const task = createTask(pause(), { name: "task" });
    const tasks = [
      createTask(() => waits(task), { name: "a" }),
      createTask(() => shield(task), { name: "b" }),
      createTask(() => wait([task]), { name: "c" }),
      createTask(() => gather([task]), { name: "d" }),
    ];
    yield* sleep(1);
    assert.deepEqual(awaiters(task), ["a", "b", "c", "d"]);
    yield* gather(tasks);
  });
});

test("callbacks of the program and promises are no awaiters", async () => {
  await onHostLoop(function* () {
    const task = createTask(pause());
    task.addDoneCallback(() => {});
    const promise = task.then();
    yield* sleep(1);
    assert.deepEqual(awaiters(task), []);
    yield promise;
  });
});

test("the children of a gathering are awaited by whoever awaits it, not by who has called gather", () => {
  onLoop(function* () {
    const child = createTask(pause());
    const gathering = gather([child]);
    yield* sleep(1);
    assert.deepEqual(awaiters(child), []);
    const waiting = createTask(waits(gathering), { name: "waiting" });
    yield* sleep(1);
    assert.deepEqual(awaiters(child), ["waiting"]);
    yield* waiting;
  });
});

test("what outlives the wait for it is awaited by nobody any more", () => {
  onLoop(function* () {
    const task = createTask(pause(50));
    const failing = createTask(function* (): Steps<void> {
      yield* sleep(2);
      throw new Error("as asked");
    });
    const tasks = [
      createTask(() => gather([failing, task]), { name: "gather" }),
      createTask(() => wait([task], { timeout: 5 }), { name: "wait" }),
      createTask(() => shield(task), { name: "shield" }),
    ] as const;
    yield* sleep(1);
    assert.deepEqual(awaiters(task), ["gather", "wait", "shield"]);
    tasks[2].cancel();
    yield* sleep(2);
    assert.deepEqual(awaiters(task), ["wait"]);
    assert.match(String(tasks[0].exception()), /as asked/);
    yield* sleep(5);
    assert.deepEqual(awaiters(task), []);
    yield* task;
  });
});

test("a group's parent awaits a task of the group until that is done", () => {
  onLoop(function* () {
    const child = yield* taskGroup(function* (group: TaskGroup): Steps<Task<void>> {
      const made = group.createTask(pause());
      assert.deepEqual(awaiters(made), [currentTask()!.getName()]);
      yield* sleep(1);
      assert.deepEqual(awaiters(made), [currentTask()!.getName()]);
      return made;
    });
    assert.deepEqual(awaiters(child), []);
  });
});

test("a task that is done awaits nothing, nor does the parent of a group that was closed", () => {
  onLoop(function* () {
    let child: Task<void> | undefined;
    const body = (function* (): Steps<void> {
      yield* taskGroup(function* (group): Steps<void> {
        child = group.createTask(function* (): Steps<void> {
          try {
            yield* sleep(100);
          } catch {
            yield* sleep(100);
          }
        });
        yield* sleep(5);
      });
    })();
    const parent = createTask(body, { name: "parent" });
    yield* sleep(1);
    body.return();
    assert.deepEqual(awaiters(child!), ["parent"]);
    yield* parent;
    assert.deepEqual([child!.done(), awaiters(child!)], [false, []]);
    yield* child!;
  });
});

test("on a loop that was closed nobody awaits anything", async () => {
  const loop = new EventLoop({ host: new VirtualHost() });
  const future = new Future<null>({ loop });
  const all = gather([future]);
  const task = loop.createTask(waits(all), { name: "task" });
  loop.callLater(1, () => loop.stop());
  await loop.runForever();
  assert.deepEqual(awaiters(future), ["task"]);
  loop.close();
  assert.deepEqual([future, all].map(awaiters), [[], []]);
  assert.deepEqual(framesOf(task), ["at async waits"]);
});
