// Programs that look at stacks, in the same words: record/python/call_graph_stacks.py.
import { coroutine, createTask, Future, getRunningLoop, sleep, type Steps } from "../../../bindings/index.js";
import { create, leaf, waits, type Look, type Programs } from "./parts.js";

const LIMITS = [null, 1, 2, 9, 0, -1, -2, -9] as const;

function* nested(look: Look): Steps<void> {
  const future = new Future<null>();
  const inner = coroutine(function* inner(): Steps<void> {
    yield* future;
  });
  const middle = coroutine(function* middle(): Steps<void> {
    yield* inner();
  });
  const outer = coroutine(function* outer(): Steps<void> {
    yield* middle();
  });
  const task = create(outer(), "task");
  look(task);
  yield* sleep(1);
  for (const limit of LIMITS) look(task, { limit });
  future.setResult(null);
  yield* task;
  look(task);
}

function* current(look: Look): Steps<void> {
  function helper(): void {
    for (const limit of LIMITS) look(null, { limit });
    for (const depth of [0, 1, 2, 3]) look(null, { depth });
    look(null, { depth: 2, limit: 1 });
    look(null, { depth: 2, limit: -1 });
  }
  const deep = coroutine(function* deep(): Steps<void> {
    helper();
  });
  const shallow = coroutine(function* shallow(): Steps<void> {
    yield* sleep(1);
    yield* deep();
  });
  yield* create(shallow(), "task");
}

function* passing(look: Look): Steps<void> {
  const ask = coroutine(function* ask(): Steps<void> {
    look();
  });
  const through = coroutine(function* through(): Steps<void> {
    yield* ask();
  });
  yield* through();
  yield* create(through(), "task");
}

function* chain(look: Look): Steps<void> {
  const inner = create(leaf(), "inner");
  const middle = create(waits(inner), "middle");
  create(waits(middle), "outer");
  yield* sleep(1);
  look(inner);
  look(middle);
  look();
  yield* middle;
}

function* callback(look: Look): Steps<void> {
  getRunningLoop().callSoon(look);
  yield* sleep(1);
}

function* eager(look: Look): Steps<void> {
  const asks = coroutine(function* asks(): Steps<void> {
    look();
    yield* sleep(1);
    look();
  });
  const starts = coroutine(function* starts(): Steps<void> {
    yield* createTask(asks(), { eagerStart: true, name: "eager" });
  });
  yield* create(starts(), "parent");
}

export const stackPrograms: Programs = { nested, current, passing, chain, callback, eager };
