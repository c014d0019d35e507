import { Deferred, Effect, Fiber, Latch, Queue, Semaphore } from "effect";

const times = (count, make) => Array.from({ length: count }, (_, i) => make(i));
const together = (effects) => Effect.all(effects, { concurrency: "unbounded", discard: true });

const switching = (depth, switches) =>
  Effect.gen(function* () {
    if (depth > 0) yield* switching(depth - 1, switches);
    else for (let i = 0; i < switches; i++) yield* Effect.yieldNow;
  });

const taskSwitch = (depth, tasks, switches) => together(times(tasks, () => switching(depth, switches)));

const roundTrip = (hops) =>
  Effect.gen(function* () {
    const court = [null, null];
    const play = (side) =>
      Effect.gen(function* () {
        const other = 1 - side;
        for (let i = 0; i < hops; i++) {
          const turn = yield* Deferred.make();
          court[side] = turn;
          if (court[other] !== null) yield* Deferred.succeed(court[other], i);
          yield* Deferred.await(turn);
        }
        court[side] = null;
        if (court[other] !== null) yield* Deferred.succeed(court[other], hops);
      });
    yield* together([play(0), play(1)]);
  });

const awaitingDone = (count) =>
  Effect.gen(function* () {
    const done = yield* Deferred.make();
    yield* Deferred.succeed(done, 1);
    let sum = 0;
    for (let i = 0; i < count; i++) sum += yield* Deferred.await(done);
    return sum;
  });

const visit = (levels, i) =>
  Effect.gen(function* () {
    if (levels === 0) {
      if (i % 2 === 0) yield* Effect.yieldNow;
      return 1;
    }
    let sum = 1;
    const children = times(6, (j) => visit(levels - 1, j));
    for (const below of yield* Effect.all(children, { concurrency: "unbounded" })) sum += below;
    return sum;
  });

const locking = (lock, turns) =>
  Effect.gen(function* () {
    for (let i = 0; i < turns; i++) {
      yield* Semaphore.take(lock, 1);
      yield* Effect.yieldNow;
      yield* Semaphore.release(lock, 1);
    }
  });

const contendedLock = (tasks, turns) =>
  Effect.gen(function* () {
    const lock = yield* Semaphore.make(1);
    yield* together(times(tasks, () => locking(lock, turns)));
  });

const job = (semaphore) => Semaphore.withPermits(semaphore, 1)(Effect.yieldNow);

const limitedJobs = (count) =>
  Effect.gen(function* () {
    const semaphore = yield* Semaphore.make(10);
    yield* together(times(count, () => job(semaphore)));
  });

const tossing = (mine, theirs, hops) =>
  Effect.gen(function* () {
    for (let i = 0; i < hops; i++) {
      yield* Latch.whenOpen(mine, Effect.void);
      yield* Latch.close(mine);
      yield* Latch.open(theirs);
    }
  });

const pingPong = (hops) =>
  Effect.gen(function* () {
    const [ping, pong] = [yield* Latch.make(true), yield* Latch.make(false)];
    yield* together([tossing(ping, pong, hops), tossing(pong, ping, hops)]);
  });

const throughQueue = (makeQueue, items) =>
  Effect.gen(function* () {
    const queue = yield* makeQueue();
    const producer = Effect.gen(function* () {
      for (let i = 0; i < items; i++) yield* Queue.offer(queue, i);
    });
    const consumer = Effect.gen(function* () {
      let sum = 0;
      for (let i = 0; i < items; i++) sum += yield* Queue.take(queue);
      return sum;
    });
    yield* together([producer, consumer]);
  });

const mixedSleeps = (count) => together(times(count, (i) => Effect.sleep(1 + ((i * 7919) % 300))));

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
  "task switch by yield, flat": side(20_000, () => taskSwitch(0, 100, 200)),
  "task switch by yield, 1 call deep": side(20_000, () => taskSwitch(1, 100, 200)),
  "task switch by yield, 3 calls deep": side(20_000, () => taskSwitch(3, 100, 200)),
  "task switch by yield, 8 calls deep": side(20_000, () => taskSwitch(8, 100, 200)),
  "task switch by yield, flat, 1 task": side(10_000, () => taskSwitch(0, 1, 10_000)),
  "task switch by yield, flat, 10,000 tasks": side(20_000, () => taskSwitch(0, 10_000, 2)),
  "Future round trip by yield*": side(10_000, () => roundTrip(5_000)),
  "awaiting what is done": side(50_000, () => awaitingDone(50_000)),
  "create and join 100,000 tasks": side(20_000, () => createAndJoin(trivial, 20_000)),
  "create and join 100,000 tasks, one suspension each": side(20_000, () => createAndJoin(suspending, 20_000)),
  "gather 10,000, one suspension each": side(10_000, () => together(times(10_000, suspending))),
  "tree of calls, six children a node, half of the leaves suspend": side(9331, () => visit(5, 0)),
  "contended lock, 100 tasks": side(2_000, () => contendedLock(100, 20)),
  "20,000 jobs, ten at a time": side(5_000, () => limitedJobs(5_000)),
  "event ping-pong, a hop": side(4_000, () => pingPong(2_000)),
  "queue, bound 1, an item": side(5_000, () => throughQueue(() => Queue.bounded(1), 5_000)),
  "queue, bound 100, an item": side(10_000, () => throughQueue(() => Queue.bounded(100), 10_000)),
  "queue without a bound, an item": side(10_000, () => throughQueue(() => Queue.unbounded(), 10_000)),
  "100,000 sleeps of 1 to 300 ms, processor time": side(10_000, () => mixedSleeps(10_000)),
  "chain of three calls, one suspension each": side(10_000, () => chains(10_000, true)),
  "chain of three calls, no suspension": side(10_000, () => chains(10_000, false)),
  "start, cancel and join 20,000 sleepers": side(5_000, () => startCancelJoin(5_000)),
};
