// What lazily compiled async functions do and native ones do not: asyncio's order, cancellation, and no promises.
// `runVirtual` is synchronous: whatever needed a promise there would be a deadlock.
import assert from "node:assert/strict";
import {
  asCompleted,
  asyncGenerator,
  ContextVar,
  coroutine,
  createTask,
  currentTask,
  emit,
  forEach,
  gather,
  isCancelled,
  Queue,
  RuntimeError,
  sleep,
  StopAsyncIteration,
  timeout,
  TimeoutError,
  anext,
  type Coroutine,
} from "wasyncio";
import { runVirtual } from "wasyncio/testing";
import type { Features } from "../features/features.js";

type Steps<T> = PromiseLike<T> & Coroutine<T>;

/** Compiled lazily, an async function returns a coroutine, which its type does not say. */
const lazy = <T>(promise: Promise<T>): Coroutine<T> => promise as unknown as Coroutine<T>;

interface AsyncioGenerator<T> {
  asend(value?: unknown): Steps<T>;
  athrow(error: unknown): Steps<T>;
  aclose(): Steps<void>;
}
const asyncio = <T>(generator: AsyncGenerator<T>): AsyncioGenerator<T> => generator as unknown as AsyncioGenerator<T>;

async function* numbers(log: string[], to = 3): AsyncGenerator<number> {
  try {
    for (let i = 0; i < to; i++) {
      await sleep(10);
      yield i;
    }
  } catch (error) {
    log.push(isCancelled(error) ? "cancelled" : "failed");
    throw error;
  } finally {
    await sleep(10);
    log.push("closed");
  }
}

export const lazyPrograms: Features = {
  "nothing starts until it is awaited": async () => {
    const log: string[] = [];
    const work = async (): Promise<void> => void log.push("started");
    runVirtual(() => {
      return lazy(
        (async () => {
          const call = work();
          await sleep(10);
          assert.deepEqual(log, []);
          await call;
          assert.deepEqual(log, ["started"]);
        })(),
      );
    });
  },
  "an awaited call runs in its caller's task and context": async () => {
    const variable = new ContextVar<string>("variable");
    const tasks: unknown[] = [];
    const inner = async (): Promise<void> => {
      await sleep(1);
      variable.set("inner");
      tasks.push(currentTask());
    };
    const outer = async (): Promise<void> => {
      await inner();
      tasks.push(currentTask());
      assert.equal(tasks[0], tasks[1]);
      assert.equal(variable.get(), "inner");
    };
    runVirtual(() => lazy(outer()));
  },
  "awaiting a call costs no pass through the loop, awaiting what is none costs one": async () => {
    const log: string[] = [];
    const nothing = async (): Promise<void> => {};
    const calls = async (): Promise<void> => {
      for (let i = 0; i < 3; i++) await nothing();
      log.push("calls");
    };
    const values = async (name: string, n: number): Promise<void> => {
      for (let i = 0; i < n; i++) await i;
      log.push(name);
    };
    runVirtual(() => gather([lazy(values("two", 2)), lazy(values("one", 1)), lazy(calls())]));
    assert.deepEqual(log, ["calls", "one", "two"]);
  },
  "a deadline raises CancelledError where the call waits, however deep, and finally may await": async () => {
    const log: string[] = [];
    const deep = async (level: number): Promise<void> => {
      try {
        await (level === 0 ? sleep(1000) : deep(level - 1));
      } finally {
        await sleep(1);
        log.push(`left ${level}`);
      }
    };
    const main = async (): Promise<void> => {
      try {
        await timeout(10, () => deep(2));
      } catch (error) {
        assert.ok(error instanceof TimeoutError);
        log.push("timed out");
      }
    };
    runVirtual(() => lazy(main()));
    assert.deepEqual(log, ["left 0", "left 1", "left 2", "timed out"]);
  },
  "an async generator's body runs in the task that iterates": async () => {
    const tasks = new Set<unknown>();
    async function* body(): AsyncGenerator<number> {
      tasks.add(currentTask());
      await sleep(1);
      tasks.add(currentTask());
      yield 1;
    }
    const main = async (): Promise<void> => {
      for await (const _item of body()) tasks.add(currentTask());
    };
    runVirtual(() => lazy(main()));
    assert.equal(tasks.size, 1);
  },
  "a cancellation during `for await` reaches the generator's body, which may await in its finally": async () => {
    const log: string[] = [];
    const main = async (): Promise<void> => {
      for await (const n of numbers(log, 10)) log.push(String(n));
    };
    runVirtual(function* () {
      const task = createTask(main());
      yield* sleep(25);
      task.cancel();
      yield* sleep(100);
      assert.equal(task.cancelled(), true);
    });
    assert.deepEqual(log, ["0", "1", "cancelled", "closed"]);
  },
  "a generator that was left open is closed when its run ends": async () => {
    const log: string[] = [];
    const main = async (): Promise<void> => {
      const items = numbers(log);
      assert.deepEqual(await items.next(), { value: 0, done: false });
    };
    runVirtual(() => lazy(main()));
    assert.deepEqual(log, ["closed"]);
  },
  "generators have asyncio's steps as well": async () => {
    const log: string[] = [];
    const main = async (): Promise<void> => {
      const items = asyncio(numbers(log));
      assert.equal(await items.asend(), 0);
      assert.equal(await anext(items), 1);
      const [running, refused] = await gather([items.asend(), items.asend()], { returnExceptions: true });
      assert.equal(running, 2);
      assert.ok(refused instanceof RuntimeError);
      const [ended] = await gather([items.asend()], { returnExceptions: true });
      assert.ok(ended instanceof StopAsyncIteration);
      const others = asyncio(numbers(log));
      await others.asend();
      await others.aclose();
      const thrown = asyncio(numbers(log));
      await thrown.asend();
      try {
        await thrown.athrow(new RangeError("thrown"));
      } catch (error) {
        log.push((error as Error).message);
      }
    };
    runVirtual(() => lazy(main()));
    assert.deepEqual(log, ["closed", "closed", "failed", "closed", "thrown"]);
  },
  "`for await` takes queues, asCompleted and generators of this package without promises": async () => {
    const found: unknown[] = [];
    const generator = asyncGenerator(function* () {
      yield* emit("emitted");
      yield* sleep(1);
      yield* emit("again");
    });
    const main = async (): Promise<void> => {
      for await (const item of generator()) found.push(item);
      const queue = new Queue<string>();
      queue.putNowait("queued");
      queue.shutdown();
      for await (const item of queue) found.push(item);
      for await (const done of asCompleted([sleep(2, "second"), sleep(1, "first")])) found.push(await done);
    };
    runVirtual(() => lazy(main()));
    assert.deepEqual(found, ["emitted", "again", "queued", "first", "second"]);
  },
  "forEach and `yield*` go through compiled generators without promises": async () => {
    const found: number[] = [];
    async function* outer(): AsyncGenerator<number> {
      yield* numbers([], 2);
    }
    runVirtual(
      coroutine(function* () {
        yield* forEach(outer(), (n) => void found.push(n));
      }),
    );
    assert.deepEqual(found, [0, 1]);
  },
  "a cancellation that arrives while resources are disposed of stays one": async () => {
    const log: string[] = [];
    const slow: AsyncDisposable = {
      async [Symbol.asyncDispose]() {
        await sleep(1000);
      },
    };
    const quick: Disposable = { [Symbol.dispose]: () => void log.push("disposed") };
    const main = async (): Promise<void> => {
      using _quick = quick;
      await using _slow = slow;
      throw new RangeError("body");
    };
    runVirtual(function* () {
      const task = createTask(main());
      yield* sleep(10);
      task.cancel();
      yield* sleep(1);
      assert.equal(task.cancelled(), true);
    });
    assert.deepEqual(log, ["disposed"]);
  },
};
