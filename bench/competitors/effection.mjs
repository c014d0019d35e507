import { all, run, sleep, spawn, until } from "effection";

const times = (count, make) => Array.from({ length: count }, (_, i) => make(i));

/** Effection's own sleep(0) waits a millisecond for a host timer; a settled promise is the shortest way to suspend. */
const settled = Promise.resolve();
const giveWay = () => until(settled);

function* switching(switches) {
  for (let i = 0; i < switches; i++) yield* giveWay();
}

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
  "task switch by yield, flat": side(5_000, () => all(times(100, () => switching(50)))),
  "create and join 100,000 tasks": side(5_000, () => createAndJoin(trivial, 5_000)),
  "create and join 100,000 tasks, one suspension each": side(5_000, () => createAndJoin(suspending, 5_000)),
  "gather 10,000, one suspension each": side(5_000, () => all(times(5_000, suspending))),
  "chain of three calls, one suspension each": side(5_000, () => chains(5_000, true)),
  "chain of three calls, no suspension": side(5_000, () => chains(5_000, false)),
  "start, cancel and join 20,000 sleepers": side(2_000, () => startCancelJoin(2_000)),
};
