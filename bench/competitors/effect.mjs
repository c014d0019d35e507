import { Effect, Fiber } from "effect";

const times = (count, make) => Array.from({ length: count }, (_, i) => make(i));
const together = (effects) => Effect.all(effects, { concurrency: "unbounded", discard: true });

const switching = (switches) =>
  Effect.gen(function* () {
    for (let i = 0; i < switches; i++) yield* Effect.yieldNow;
  });

const trivial = (i) =>
  Effect.gen(function* () {
    return i;
  });

const suspending = (i) =>
  Effect.gen(function* () {
    yield* Effect.yieldNow;
    return i;
  });

const createAndJoin = (body, count) =>
  Effect.gen(function* () {
    const fibers = [];
    for (let i = 0; i < count; i++) fibers.push(yield* Effect.forkChild(body(i)));
    let sum = 0;
    for (const fiber of fibers) sum += yield* Fiber.join(fiber);
    return sum;
  });

const chain = (calls, pause) =>
  Effect.gen(function* () {
    if (pause) yield* Effect.yieldNow;
    return calls === 1 ? 1 : 1 + (yield* chain(calls - 1, pause));
  });

const chains = (count, pause) =>
  Effect.gen(function* () {
    for (let i = 0; i < count; i++) yield* chain(3, pause);
  });

const sleeper = Effect.sleep(60_000).pipe(Effect.ensuring(Effect.void));

const startCancelJoin = (count) =>
  Effect.gen(function* () {
    const fibers = [];
    for (let i = 0; i < count; i++) fibers.push(yield* Effect.forkChild(sleeper));
    yield* Effect.yieldNow;
    yield* Fiber.interruptAll(fibers);
  });

const side = (n, make) => ({ n, run: () => Effect.runPromise(make()) });

export const effect = {
  "task switch by yield, flat": side(20_000, () => together(times(100, () => switching(200)))),
  "create and join 100,000 tasks": side(20_000, () => createAndJoin(trivial, 20_000)),
  "create and join 100,000 tasks, one suspension each": side(20_000, () => createAndJoin(suspending, 20_000)),
  "gather 10,000, one suspension each": side(10_000, () => together(times(10_000, suspending))),
  "chain of three calls, one suspension each": side(10_000, () => chains(10_000, true)),
  "chain of three calls, no suspension": side(10_000, () => chains(10_000, false)),
  "start, cancel and join 20,000 sleepers": side(5_000, () => startCancelJoin(5_000)),
};
