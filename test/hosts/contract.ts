// What every host owes its loop. Each host's test file runs this suite.
import assert from "node:assert/strict";
import { test } from "node:test";
import type { Host } from "../../bindings/index.js";

/** Host timers may fire this much before their time; the loop reads the clock again and asks for the rest. */
const MAX_EARLY_MS = 2;

function nextMacrotask(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve));
}

export function describeHost(name: string, make: () => Host): void {
  test(`${name}: the clock is a number of milliseconds that never goes back`, async () => {
    const host = make();
    let last = host.now();
    assert.equal(typeof last, "number");
    for (let i = 0; i < 100; i++) {
      const now = host.now();
      assert.ok(now >= last);
      last = now;
      if (i % 20 === 0) await nextMacrotask();
    }
  });

  test(`${name}: a wake by microtask comes before any macrotask, and not inside the call`, async () => {
    const host = make();
    const order: string[] = [];
    const macrotask = nextMacrotask().then(() => order.push("macrotask"));
    host.wakeSoon(() => order.push("wake"), false);
    order.push("asked");
    await macrotask;
    assert.deepEqual(order, ["asked", "wake", "macrotask"]);
  });

  test(`${name}: a wake by macrotask lets the host's own timers and microtasks go first`, async () => {
    const host = make();
    const order: string[] = [];
    await new Promise<void>((resolve) => {
      setTimeout(() => order.push("timer"), 0);
      void Promise.resolve().then(() => order.push("microtask"));
      let turns = 0;
      const wake = (): void => {
        turns++;
        if (!order.includes("timer") && turns < 10_000) host.wakeSoon(wake, true);
        else resolve();
      };
      host.wakeSoon(wake, true);
      order.push("asked");
    });
    assert.deepEqual(order, ["asked", "microtask", "timer"]);
  });

  test(`${name}: a wake at a time comes once, then or a little earlier`, async () => {
    const host = make();
    const when = host.now() + 15;
    let wakes = 0;
    await new Promise<void>((resolve) => {
      host.wakeAt(when, () => {
        wakes++;
        resolve();
      });
      assert.equal(wakes, 0);
    });
    assert.ok(host.now() >= when - MAX_EARLY_MS);
    await nextMacrotask();
    assert.equal(wakes, 1);
  });

  test(`${name}: an earlier deadline takes the place of a later one`, async () => {
    const host = make();
    const start = host.now();
    await new Promise<void>((resolve) => {
      const wake = (): void => resolve();
      host.wakeAt(start + 60_000, wake);
      host.wakeAt(start + 5, wake);
    });
    assert.ok(host.now() < start + 60_000);
    host.cancelWake();
  });

  test(`${name}: a cancelled wake, and one at Infinity, never come`, async () => {
    const host = make();
    const wake = (): void => assert.fail("it came");
    host.wakeAt(host.now() + 1, wake);
    host.cancelWake();
    host.wakeAt(host.now() + 1, wake);
    host.wakeAt(Infinity, wake);
    await new Promise((resolve) => setTimeout(resolve, 10));
    host.cancelWake();
  });
}
