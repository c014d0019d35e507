// A long-lived promise that is awaited again and again, each time with somebody else winning.
import assert from "node:assert/strict";
import { test } from "node:test";
import { CancelledError, createTask, FIRST_COMPLETED, sleep, wait, waitFor, wrapFuture } from "../../bindings/index.js";
import { runProgram } from "../support/child.js";
import { failureOf } from "../support/failureOf.js";
import { onHostLoop } from "../support/onLoop.js";

/** A promise that counts how often somebody reacts to it. */
function counted<T>(): { promise: Promise<T>; resolve(value: T): void; reactions(): number } {
  let resolve!: (value: T) => void;
  let reactions = 0;
  const promise = new Promise<T>((settle) => (resolve = settle));
  const then = promise.then.bind(promise);
  promise.then = ((...args: Parameters<typeof then>) => {
    reactions++;
    return then(...args);
  }) as typeof promise.then;
  return { promise, resolve, reactions: () => reactions };
}

test("a promise raced ten thousand times gets one reaction", async () => {
  await onHostLoop(function* () {
    const { promise, reactions } = counted<string>();
    for (let i = 0; i < 10_000; i++) wrapFuture(promise).cancel();
    yield;
    assert.equal(reactions(), 1);
  });
});

test("after such races the promise's result arrives all the same", async () => {
  await onHostLoop(function* () {
    const { promise, resolve } = counted<string>();
    for (let i = 0; i < 3; i++) wrapFuture(promise).cancel();
    const [first, second] = [wrapFuture(promise), wrapFuture(promise)];
    resolve("result");
    assert.equal(yield* first, "result");
    assert.equal(yield* second, "result");
    assert.equal(yield* wrapFuture(promise), "result");
  });
});

test("a promise that settled while nobody waited is asked anew", async () => {
  await onHostLoop(function* () {
    const { promise, resolve } = counted<string>();
    wrapFuture(promise).cancel();
    resolve("late");
    yield* sleep(1);
    assert.equal(yield* wrapFuture(promise), "late");
  });
});

test("each await of another thenable calls its then, as JavaScript's does", async () => {
  await onHostLoop(function* () {
    let calls = 0;
    const thenable = { then: () => void calls++ } as unknown as PromiseLike<never>;
    for (let i = 0; i < 3; i++) wrapFuture(thenable).cancel();
    assert.equal(calls, 3);
    yield;
  });
});

test("a lost race detaches from the promise: waitFor, wait, and a task that is cancelled", async () => {
  await onHostLoop(function* () {
    const { promise, resolve } = counted<string>();
    assert.equal((yield* failureOf(waitFor(promise, 1)))?.constructor.name, "TimeoutError");
    const waiting = createTask(promise);
    yield* wait([waiting, createTask(sleep(1))], { returnWhen: FIRST_COMPLETED });
    waiting.cancel();
    assert.ok((yield* failureOf(waiting)) instanceof CancelledError);
    resolve("unheard");
  });
});

test("results of ten thousand races are not kept alive by the promise that lost them", async () => {
  const program = `
    import { FIRST_COMPLETED, createTask, run, sleep, wait, wrapFuture } from "wasyncio";
    const longLived = new Promise(() => {});
    const results = [];
    await run(function* () {
      for (let i = 0; i < 10_000; i++) {
        const lost = wrapFuture(longLived);
        const won = createTask(sleep(0, { payload: new Array(100).fill(i) }));
        const { done } = yield* wait([lost, won], { returnWhen: FIRST_COMPLETED });
        for (const future of done) results.push(new WeakRef(future.result()), new WeakRef(lost));
        lost.cancel();
      }
      yield* sleep(1);
      for (let i = 0; i < 5; i++) {
        globalThis.gc();
        yield* sleep(1);
      }
      const alive = results.filter((ref) => ref.deref() !== undefined).length;
      console.log(alive < 100 ? "few" : "alive: " + alive);
    });
    void longLived;
  `;
  const { stdout, stderr } = await runProgram(program, { flags: ["--expose-gc"] });
  assert.deepEqual([stdout, stderr], ["few\n", ""]);
});
