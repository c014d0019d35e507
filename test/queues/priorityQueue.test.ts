import assert from "node:assert/strict";
import { test } from "node:test";
import { createTask, gather, PriorityQueue, Queue, sleep } from "../../bindings/index.js";
import { onLoop } from "../support/onLoop.js";
import { Random } from "../support/seed.js";

function drain<T>(queue: Queue<T>): T[] {
  const items: T[] = [];
  while (!queue.empty()) items.push(queue.getNowait());
  return items;
}

function filled<T>(items: readonly T[], compare?: (a: T, b: T) => number): PriorityQueue<T> {
  const queue = new PriorityQueue<T>(0, compare === undefined ? {} : { compare });
  for (const item of items) queue.putNowait(item);
  return queue;
}

test("numbers come out in their order", () => {
  assert.deepEqual(drain(filled([10, 9, -1, 2.5, 0, 9, -Infinity])), [-Infinity, -1, 0, 2.5, 9, 9, 10]);
});

test("bigints and numbers compare with each other", () => {
  assert.deepEqual(drain(filled<number | bigint>([3n, 2.5, 1n])), [1n, 2.5, 3n]);
});

test("strings come out in their order", () => {
  assert.deepEqual(drain(filled(["b", "a", "", "B", "ab"])), ["", "B", "a", "ab", "b"]);
});

test("arrays are compared item by item, then by length", () => {
  const items = [[2], [1, "b"], [1], [], [1, "a", 0], [1, "a"], [1, ["x", 2]], [1, ["x", 1]]];
  const arrays = items.filter((item) => !Array.isArray(item[1]));
  assert.deepEqual(drain(filled<unknown[]>(arrays)), [[], [1], [1, "a"], [1, "a", 0], [1, "b"], [2]]);
  assert.deepEqual(drain(filled<unknown[]>(items.slice(6))), [
    [1, ["x", 1]],
    [1, ["x", 2]],
  ]);
});

test("what stands behind the first differing item is never compared", () => {
  const [a, b] = [{ task: "a" }, { task: "b" }];
  assert.deepEqual(drain(filled([[2, a] as const, [1, b] as const])), [
    [1, b],
    [2, a],
  ]);
  assert.deepEqual(drain(filled([[1, a] as const, [1, a] as const])).length, 2);
});

test("`compare` decides the order", () => {
  const byAge = (a: { age: number }, b: { age: number }): number => b.age - a.age;
  assert.deepEqual(
    drain(filled([{ age: 1 }, { age: 3 }, { age: 2 }], byAge)).map(({ age }) => age),
    [3, 2, 1],
  );
});

test("what has no order is a TypeError when it is put, and the queue stays as it was", () => {
  const misfits: readonly [unknown, unknown][] = [
    [1, "1"],
    [1, {}],
    [{}, {}],
    [
      [1, {}],
      [1, {}],
    ],
    [[1], 1],
    [1, null],
    [1, undefined],
    [true, false],
  ];
  for (const [first, second] of misfits) {
    const queue = filled([first]);
    assert.throws(() => queue.putNowait(second), {
      name: "TypeError",
      message: /has no order between .* give the queue a \{ compare \}$/,
    });
    assert.equal(queue.qsize(), 1);
    assert.equal(queue.statistics().unfinishedTasks, 1);
    assert.equal(queue.getNowait(), first);
  }
});

test("a comparison that throws leaves the queue as it was, at put and at get", () => {
  let isFailing = false;
  const queue = filled([5, 3, 8, 1, 9, 2], (a, b) => {
    if (isFailing) throw new RangeError("no comparison now");
    return a - b;
  });
  isFailing = true;
  assert.throws(() => queue.putNowait(4), RangeError);
  assert.throws(() => queue.getNowait(), RangeError);
  assert.equal(queue.qsize(), 6);
  isFailing = false;
  assert.deepEqual(drain(queue), [1, 2, 3, 5, 8, 9]);
});

test("a put that waited and whose item has no order leaves its room to the next", () => {
  onLoop(function* () {
    const queue = new PriorityQueue<unknown>(2);
    for (const item of [1, 2]) queue.putNowait(item);
    const [misfit, next] = [createTask(queue.put("x")), createTask(queue.put(0))];
    yield;
    queue.getNowait();
    yield* next;
    assert.equal((misfit.exception() as Error).name, "TypeError");
    assert.deepEqual(drain(queue), [0, 2]);
  });
});

test("a get that waited and whose comparison throws leaves its items to the next", () => {
  onLoop(function* () {
    let failures = 0;
    const compare = (a: number, b: number): number => {
      if (failures-- > 0) throw new RangeError("no comparison now");
      return a - b;
    };
    const queue = new PriorityQueue<number>(0, { compare });
    const [failing, ...others] = Array.from({ length: 4 }, () => createTask(queue.get()));
    yield;
    for (const item of [3, 1, 2]) queue.putNowait(item);
    failures = 1;
    yield* sleep(1);
    assert.ok(failing!.exception() instanceof RangeError);
    assert.deepEqual(yield* gather(others), [1, 2, 3]);
  });
});

test("`compare` must be a function", () => {
  assert.throws(() => new PriorityQueue(0, { compare: "up" as never }), { name: "TypeError", message: /got "up"$/ });
});

test("putting and getting in any mixture agrees with a sorted array", () => {
  const random = new Random(20_261_120);
  for (let round = 0; round < 200; round++) {
    const queue = new PriorityQueue<number>();
    const model: number[] = [];
    for (let i = 0; i < 60; i++) {
      if (model.length > 0 && random.chance(0.45)) {
        assert.equal(queue.getNowait(), model.shift());
      } else {
        const item = random.below(20);
        queue.putNowait(item);
        model.push(item);
        model.sort((a, b) => a - b);
      }
    }
    assert.deepEqual(drain(queue), model);
  }
});

test("equal items come out in an order that two runs share", () => {
  const items = Array.from({ length: 50 }, (_, i) => ({ priority: i % 3, i }));
  const compare = (a: { priority: number }, b: { priority: number }): number => a.priority - b.priority;
  assert.deepEqual(drain(filled(items, compare)), drain(filled(items, compare)));
});

test("tasks wait at a priority queue as at any other", () => {
  onLoop(function* () {
    const queue = new PriorityQueue<number>(2);
    assert.ok(queue instanceof Queue);
    const putting = gather([5, 4, 3, 2, 1].map((item) => queue.put(item)));
    yield* sleep(1);
    const got: number[] = [];
    while (got.length < 5) got.push(yield* queue.get());
    yield* putting;
    assert.deepEqual(got, [4, 5, 2, 3, 1]);
  });
});
