import { all, createQueue, run, sleep, spawn, until, withResolvers } from "effection";

const times = (count, make) => Array.from({ length: count }, (_, i) => make(i));

/** Effection's own sleep(0) waits a millisecond for a host timer; a settled promise is the shortest way to suspend. */
const settled = Promise.resolve();
const giveWay = () => until(settled);

function* switching(depth, switches) {
  if (depth > 0) yield* switching(depth - 1, switches);
  else for (let i = 0; i < switches; i++) yield* giveWay();
}

const taskSwitch = (depth, tasks, switches) => () => all(times(tasks, () => switching(depth, switches)));

function* play(court, side, hops) {
  const other = 1 - side;
  for (let i = 0; i < hops; i++) {
    const turn = withResolvers();
    court[side] = turn;
    court[other]?.resolve(i);
    yield* turn.operation;
  }
  court[side] = null;
  court[other]?.resolve(hops);
}

function* roundTrip(hops) {
  const court = [null, null];
  yield* all([play(court, 0, hops), play(court, 1, hops)]);
}

function* visit(levels, i) {
  if (levels === 0) {
    if (i % 2 === 0) yield* giveWay();
    return 1;
  }
  let sum = 1;
  for (const below of yield* all(times(6, (j) => visit(levels - 1, j)))) sum += below;
  return sum;
}

/** It has no bound. */
function* throughQueue(items) {
  const queue = createQueue();
  function* produce() {
    for (let i = 0; i < items; i++) queue.add(i);
    yield* giveWay();
  }
  function* consume() {
    let sum = 0;
    for (let i = 0; i < items; i++) sum += (yield* queue.next()).value;
    return sum;
  }
  yield* all([produce(), consume()]);
}

const mixedSleeps = (count) => () => all(times(count, (i) => sleep(1 + ((i * 7919) % 300))));

function* trivial(i) {
  return i;
}

function* suspending(i) {
  yield* giveWay();
  return i;
}

function* createAndJoin(body, count) {
  const tasks = [];
  for (let i = 0; i < count; i++) tasks.push(yield* spawn(() => body(i)));
  let sum = 0;
  for (const task of tasks) sum += yield* task;
  return sum;
}

function* chain(calls, pause) {
  if (pause) yield* giveWay();
  return calls === 1 ? 1 : 1 + (yield* chain(calls - 1, pause));
}

function* chains(count, pause) {
  for (let i = 0; i < count; i++) yield* chain(3, pause);
}

function* sleeper() {
  try {
    yield* sleep(60_000);
  } finally {
    // What a program would clean up here.
  }
}

function* startCancelJoin(count) {
  const tasks = [];
  for (let i = 0; i < count; i++) tasks.push(yield* spawn(sleeper));
  yield* giveWay();
  for (const task of tasks) yield* until(task.halt());
}

const side = (n, body) => ({ n, run: () => run(body) });

export const effection = {
  "task switch by yield, flat": side(5_000, taskSwitch(0, 100, 50)),
  "task switch by yield, 3 calls deep": side(5_000, taskSwitch(3, 100, 50)),
  "task switch by yield, 8 calls deep": side(5_000, taskSwitch(8, 100, 50)),
  "Future round trip by yield*": side(4_000, () => roundTrip(2_000)),
  "create and join 100,000 tasks": side(5_000, () => createAndJoin(trivial, 5_000)),
  "create and join 100,000 tasks, one suspension each": side(5_000, () => createAndJoin(suspending, 5_000)),
  "gather 10,000, one suspension each": side(5_000, () => all(times(5_000, suspending))),
  "tree of calls, six children a node, half of the leaves suspend": side(1555, () => visit(4, 0)),
  "queue without a bound, an item": side(10_000, () => throughQueue(10_000)),
  "100,000 sleeps of 1 to 300 ms, processor time": side(5_000, mixedSleeps(5_000)),
  "chain of three calls, one suspension each": side(5_000, () => chains(5_000, true)),
  "chain of three calls, no suspension": side(5_000, () => chains(5_000, false)),
  "start, cancel and join 20,000 sleepers": side(2_000, () => startCancelJoin(2_000)),
};
