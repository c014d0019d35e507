// AsyncLocalStorage: the driver keeps to its own state, and a task sees what the stores in `propagate` held when it was
// created. Two requests that interleave never see each other's store.
import assert from "node:assert/strict";
import { AsyncLocalStorage } from "node:async_hooks";
import { test } from "node:test";
import {
  coroutine,
  createTask,
  EventLoop,
  Future,
  gather,
  run,
  sleep,
  taskGroup,
  type Steps,
} from "../../bindings/index.js";
import { VirtualHost } from "../../bindings/testing.js";
import * as eager from "../../bindings/async/eager.js";
import * as lazy from "../../bindings/async/lazy.js";

const REQUESTS = ["first", "second", "third"];

const storage = new AsyncLocalStorage<string>();
const other = new AsyncLocalStorage<string>();

type Seen = (string | undefined)[];

/** What each way to write a request's work sees of the store, before and after it has waited. */
const WAYS: Readonly<Record<string, (seen: Seen) => unknown>> = {
  "a coroutine": coroutine(function* (seen: Seen) {
    seen.push(storage.getStore());
    yield* sleep(5);
    yield* inner(seen);
    yield;
    seen.push(storage.getStore());
  }),
  "a native async function": async (seen) => {
    seen.push(storage.getStore());
    await sleep(5);
    await inner(seen);
    await null;
    seen.push(storage.getStore());
  },
  "a lazily compiled function": lazy.asyncToGenerator(function* (seen: Seen) {
    seen.push(storage.getStore());
    yield sleep(5);
    yield inner(seen);
    yield null;
    seen.push(storage.getStore());
  }),
  "an eagerly compiled function": eager.asyncToGenerator(function* (seen: Seen) {
    seen.push(storage.getStore());
    yield sleep(5);
    yield inner(seen);
    yield null;
    seen.push(storage.getStore());
  }),
  "a task group": (seen) =>
    taskGroup(function* (group) {
      seen.push(storage.getStore());
      group.createTask(inner(seen));
      yield* sleep(5);
      seen.push(storage.getStore());
    }),
};

const inner = coroutine(function* (seen: Seen): Steps<void> {
  yield;
  seen.push(storage.getStore());
});

const onVirtualTime = (): EventLoop => new EventLoop({ host: new VirtualHost(), propagate: [storage] });

for (const [name, work] of Object.entries(WAYS)) {
  test(`${name}: requests that interleave see their own store each, at every step`, async () => {
    const seen = new Map<string, Seen>();
    await run(
      function* () {
        const tasks = REQUESTS.map((request) => {
          const mine: Seen = [];
          seen.set(request, mine);
          return storage.run(request, () => createTask(() => work(mine) as PromiseLike<void>));
        });
        yield* gather(tasks);
      },
      { loopFactory: onVirtualTime },
    );
    for (const [request, stores] of seen) assert.deepEqual(stores, [request, request, request]);
  });
}

test("an eager call made in a request is the request's", async () => {
  const seen = new Map<string, Seen>();
  const work = WAYS["an eagerly compiled function"]!;
  await run(
    function* () {
      const calls = REQUESTS.map((request) => {
        const mine: Seen = [];
        seen.set(request, mine);
        return storage.run(request, () => work(mine) as Future<void>);
      });
      yield* gather(calls);
    },
    { loopFactory: onVirtualTime },
  );
  for (const [request, stores] of seen) assert.deepEqual(stores, [request, request, request]);
});

test("a run's option propagates as a loop's does, and only the stores that it names", async () => {
  await run(
    function* () {
      const see = (): string => `${storage.getStore()} ${other.getStore()}`;
      const task = storage.run("named", () =>
        other.run("not named", () =>
          createTask(function* () {
            yield* sleep(1);
            return see();
          }),
        ),
      );
      assert.equal(yield* task, "named undefined");
      assert.equal(see(), "undefined undefined");
    },
    { propagate: [storage] },
  );
});

test("without propagate a step runs in the state in which its loop was made", async () => {
  await storage.run("of the loop", () =>
    run(function* () {
      const task = storage.run("of the caller", () =>
        createTask(function* () {
          yield* sleep(1);
          return storage.getStore();
        }),
      );
      assert.equal(yield* task, "of the loop");
    }),
  );
});

test("whoever wakes the loop from outside does not lend it its state", async () => {
  let future: Future<void> | undefined;
  const running = run(function* () {
    future = new Future<void>();
    yield* future;
    return storage.getStore();
  });
  await new Promise((resolve) => setImmediate(resolve));
  storage.run("of the waker", () => future!.setResult(undefined));
  assert.equal(await running, undefined);
});
