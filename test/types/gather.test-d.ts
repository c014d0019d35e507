// What the compiler must know about gather. This file is compiled with the tests; nothing of it runs.
import { createTask, gather, sleep, type Future, type Steps, type Task } from "../../bindings/index.js";
import type { Equal, Expect } from "./expect.js";

declare const numbers: Task<number>[];
declare const generator: Steps<boolean>;

/** A tuple of awaitables gives a tuple of results. */
const mixed = gather([sleep(1, "text"), createTask(sleep(1, 5)), generator, Promise.resolve(null)]);
export type Mixed = Expect<Equal<typeof mixed, Future<[string, number, boolean, null]>>>;

const list = gather(numbers);
export type List = Expect<Equal<typeof list, Future<number[]>>>;

const fromSet = gather(new Set(numbers));
export type FromSet = Expect<Equal<typeof fromSet, Future<number[]>>>;

const empty = gather([]);
export type Empty = Expect<Equal<typeof empty, Future<[]>>>;

/** Failures may stand in the list, so nothing is known about its members. */
const settled = gather([sleep(1, "text"), sleep(1, 5)], { returnExceptions: true });
export type Settled = Expect<Equal<typeof settled, Future<[unknown, unknown]>>>;

const nested = gather([gather([sleep(1, "a")]), gather(numbers)]);
export type Nested = Expect<Equal<typeof nested, Future<[[string], number[]]>>>;

export function* use(): Steps<void> {
  const [text, count] = yield* gather([sleep(1, "text"), sleep(1, 5)]);
  type Text = Expect<Equal<typeof text, string>>;
  type Count = Expect<Equal<typeof count, number>>;
  void [text, count] as unknown as [Text, Count];
}

// @ts-expect-error a lone coroutine is not a list
gather(sleep(1));
// @ts-expect-error a lone task is not a list
gather(numbers[0]!);
// @ts-expect-error a lone promise is not a list
gather(Promise.resolve([]));
// @ts-expect-error a number can not be awaited
gather([5]);
// @ts-expect-error a function is not called
gather([() => sleep(1)]);
