// What compiled calls return, in the hands of code that expects a promise; outside of any run.
import assert from "node:assert/strict";
import { test } from "node:test";
import { types } from "node:util";
import { isCoroutine, isFuture } from "../../bindings/index.js";
import * as eager from "../../bindings/async/eager.js";
import * as lazy from "../../bindings/async/lazy.js";
import { runProgram } from "../support/child.js";

const doors = { lazy, eager };

for (const [name, { asyncToGenerator, __awaiter }] of Object.entries(doors)) {
  const resolving = asyncToGenerator(function* (value: unknown) {
    yield null;
    return value;
  }) as (value: unknown) => Promise<unknown>;
  const rejecting = asyncToGenerator(function* (message: string) {
    yield null;
    throw new RangeError(message);
  }) as (message: string) => Promise<never>;

  test(`${name}: native code awaits it`, async () => {
    assert.equal(await resolving("value"), "value");
    await assert.rejects(async () => await rejecting("error"), { message: "error" });
  });

  test(`${name}: then, catch and finally give promises of the platform`, async () => {
    const log: unknown[] = [];
    for (const promise of [resolving(1).then(), resolving(1).catch(), resolving(1).finally()]) {
      assert.ok(types.isPromise(promise));
      assert.equal(await promise, 1);
    }
    assert.equal(await rejecting("it").catch((error: unknown) => (error as Error).message), "it");
    await rejecting("it").then(
      () => log.push("resolved"),
      () => log.push("rejected"),
    );
    await resolving(2).finally(() => log.push("finally"));
    assert.deepEqual(log, ["rejected", "finally"]);
  });

  test(`${name}: Promise.resolve, all, race, any and allSettled take it`, async () => {
    assert.equal(await Promise.resolve(resolving("resolved")), "resolved");
    assert.deepEqual(await Promise.all([resolving(1), resolving(2)]), [1, 2]);
    await assert.rejects(Promise.all([resolving(1), rejecting("all")]), { message: "all" });
    assert.equal(await Promise.race([resolving("won"), new Promise(() => {})]), "won");
    assert.equal(await Promise.any([rejecting("lost"), resolving("won")]), "won");
    const settled = await Promise.allSettled([resolving(1), rejecting("settled")]);
    assert.deepEqual(
      settled.map(({ status }) => status),
      ["fulfilled", "rejected"],
    );
  });

  test(`${name}: a native async function and a promise's resolver may return it`, async () => {
    assert.equal(await (async () => resolving("returned"))(), "returned");
    assert.equal(await new Promise((resolve) => resolve(resolving("resolved with"))), "resolved with");
    await assert.rejects(new Promise((resolve) => resolve(rejecting("adopted"))), { message: "adopted" });
  });

  test(`${name}: several reactions to one call all get its outcome, and the body runs once`, async () => {
    let runs = 0;
    const counting = asyncToGenerator(function* () {
      runs++;
      yield null;
      return "once";
    }) as () => Promise<string>;
    const call = counting();
    assert.deepEqual(await Promise.all([call.then(), call.then(), call]), ["once", "once", "once"]);
    assert.equal(runs, 1);
  });

  test(`${name}: it is no promise of the engine, and says what it is`, () => {
    const call = resolving(1);
    assert.equal(types.isPromise(call), false);
    assert.equal(call instanceof Promise, false);
    const [isOne, tag] = name === "lazy" ? [isCoroutine(call), "Coroutine"] : [isFuture(call), "Task"];
    assert.equal(isOne, true);
    assert.equal(Object.prototype.toString.call(call), `[object ${tag}]`);
  });

  test(`${name}: the helper of TypeScript calls the body with \`this\` and arguments`, async () => {
    function method(this: { base: number }): unknown {
      // oxlint-disable-next-line prefer-rest-params
      return __awaiter(this, arguments, undefined, function* (this: unknown, more: number) {
        yield null;
        return (this as { base: number }).base + more;
      });
    }
    const called: unknown = (method as (this: { base: number }, more: number) => unknown).call({ base: 40 }, 2);
    assert.equal(await (called as Promise<number>), 42);
  });

  test(`${name}: a program that imports nothing but the door works`, async () => {
    const program = `
      import { asyncToGenerator, wrapAsyncGenerator, asyncIterator } from "wasyncio/async/${name}";
      const items = wrapAsyncGenerator(function* () { yield 1; yield 2; });
      const main = asyncToGenerator(function* () {
        let sum = 0;
        const iterator = asyncIterator(items());
        for (let step; !(step = yield iterator.next()).done; ) sum += step.value;
        return sum;
      });
      console.log(await main());
    `;
    assert.deepEqual(await runProgram(program, { core: "release" }), { status: 0, stdout: "3\n", stderr: "" });
  });
}
