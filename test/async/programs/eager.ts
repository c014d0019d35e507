// What eagerly compiled async functions do: they begin at the call, and each call is a task.
import assert from "node:assert/strict";
import {
  ContextVar,
  createTask,
  currentTask,
  gather,
  isFuture,
  run,
  sleep,
  taskGroup,
  timeout,
  type Task,
} from "wasyncio";
import type { Features } from "../features/features.js";

/** Compiled eagerly, an async function returns a task, which its type does not say. */
const eager = <T>(promise: Promise<T>): Task<T> => promise as unknown as Task<T>;

async function later<T>(value: T): Promise<T> {
  await sleep(5);
  return value;
}

export const eagerPrograms: Features = {
  "the body begins at the call, up to its first await": async () => {
    const log: string[] = [];
    const work = async (): Promise<void> => {
      log.push("began");
      await null;
      log.push("went on");
    };
    const call = work();
    log.push("called");
    await call;
    assert.deepEqual(log, ["began", "called", "went on"]);
  },
  "a call that does not suspend is done at once": async () => {
    await run(function* () {
      const call = eager((async () => "result")());
      assert.ok(isFuture(call));
      assert.deepEqual([call.done(), call.result()], [true, "result"]);
    });
  },
  "a call is the current task of its body, with its own copy of the context": async () => {
    const variable = new ContextVar<string>("variable", { default: "outer" });
    let current: unknown;
    const work = async (): Promise<void> => {
      variable.set("inner");
      await null;
      current = currentTask();
    };
    await run(function* () {
      const call = eager(work());
      yield* call;
      assert.equal(current, call);
      assert.equal(variable.get(), "outer");
    });
  },
  "createTask and a group adopt a call that nobody has awaited: it gets its name, and is itself returned": async () => {
    await run(function* () {
      const call = eager(later("result"));
      const task = createTask(call, { name: "named" });
      assert.equal(task, call);
      assert.equal(task.getName(), "named");
      const results = yield* taskGroup(function* (group) {
        const tasks = [group.createTask(later(1)), group.createTask(later(2))];
        return yield* gather(tasks);
      });
      assert.deepEqual(results, [1, 2]);
    });
  },
  "a deadline cancels the call that is awaited, and it the calls it awaits": async () => {
    const log: string[] = [];
    const inner = async (): Promise<void> => {
      try {
        await sleep(10_000);
      } finally {
        log.push("inner left");
      }
    };
    const outer = async (): Promise<void> => {
      try {
        await inner();
      } finally {
        await sleep(1);
        log.push("outer left");
      }
    };
    await assert.rejects(
      run(() => timeout(5, () => outer())),
      { name: "TimeoutError" },
    );
    assert.deepEqual(log, ["inner left", "outer left"]);
  },
  "a cancelled `for await` ends the generator's body": async () => {
    const log: string[] = [];
    async function* items(): AsyncGenerator<number> {
      try {
        yield 1;
        await sleep(10_000);
      } finally {
        log.push("closed");
      }
    }
    const consume = async (): Promise<void> => {
      for await (const item of items()) log.push(String(item));
    };
    await assert.rejects(
      run(() => timeout(5, () => consume())),
      { name: "TimeoutError" },
    );
    assert.deepEqual(log, ["1", "closed"]);
  },
};
