// Programs that look at who awaits, in the same words: record/python/call_graph_awaiters.py.
import {
  allTasks,
  asCompleted,
  coroutine,
  Event,
  FIRST_COMPLETED,
  Future,
  gather,
  Lock,
  Queue,
  shield,
  sleep,
  taskGroup,
  timeout,
  wait,
  waitFor,
  type Steps,
  type Task,
} from "../../../bindings/index.js";
import { create, leaf, waits, type Look, type Programs } from "./parts.js";

function taskNamed(name: string): Task<unknown> {
  return [...allTasks()].find((task) => task.getName() === name)!;
}

function* children(look: Look): Steps<void> {
  const asks = coroutine(function* asks(): Steps<void> {
    yield* sleep(1);
    look();
  });
  const gathers = coroutine(function* gathers(): Steps<void> {
    yield* gather([create(leaf(), "first"), create(asks(), "second")]);
  });
  yield* create(gathers(), "parent");
}

function* gatherings(look: Look): Steps<void> {
  const [a, b, c] = [create(leaf(), "a"), create(leaf(), "b"), create(leaf(), "c")];
  const gathers = coroutine(function* gathers(): Steps<void> {
    yield* gather([gather([a, b]), c]);
  });
  const parent = create(gathers(), "parent");
  yield* sleep(1);
  for (const task of [a, b, c]) look(task);
  yield* parent;
}

function* diamond(look: Look): Steps<void> {
  const future = new Future<null>();
  const left = create(waits(future), "left");
  const right = create(waits(future), "right");
  const gathers = coroutine(function* gathers(): Steps<void> {
    yield* gather([left, right]);
  });
  const parent = create(gathers(), "parent");
  yield* sleep(1);
  look(future);
  look(left);
  future.setResult(null);
  yield* parent;
  look(future);
}

function* group(look: Look): Steps<void> {
  const opens = coroutine(function* opens(): Steps<void> {
    let child: Task<void>;
    yield* taskGroup(function* (tasks) {
      child = tasks.createTask(leaf(), { name: "child" });
      yield* sleep(1);
      look(child);
      yield* sleep(2);
    });
    look(child!);
  });
  const watches = coroutine(function* watches(): Steps<void> {
    yield* sleep(5);
    look(parent);
    look(taskNamed("child"));
  });
  const parent = create(opens(), "parent");
  yield* create(watches(), "watch");
  yield* parent;
}

function* groups(look: Look): Steps<void> {
  const asks = coroutine(function* asks(): Steps<void> {
    yield* sleep(1);
    look();
  });
  const opens = coroutine(function* opens(): Steps<void> {
    yield* taskGroup((tasks) => {
      tasks.createTask(asks(), { name: "asks" });
      tasks.createTask(leaf(), { name: "other" });
    });
  });
  const around = coroutine(function* around(): Steps<void> {
    yield* taskGroup((tasks) => {
      tasks.createTask(opens(), { name: "inner" });
    });
  });
  yield* create(around(), "outer");
}

function* waiting(look: Look): Steps<void> {
  const first = create(leaf(5), "first");
  const second = create(leaf(20), "second");
  const allOfThem = coroutine(function* all_of_them(): Steps<void> {
    yield* wait([first, second]);
  });
  const either = coroutine(function* either(): Steps<void> {
    yield* wait([first, second], { returnWhen: FIRST_COMPLETED });
  });
  const tasks = [create(allOfThem(), "all"), create(either(), "either")];
  yield* sleep(1);
  look(first);
  look(second);
  yield* gather(tasks);
}

function* shielded(look: Look): Steps<void> {
  const inner = create(leaf(), "inner");
  const shields = coroutine(function* shields(): Steps<void> {
    yield* shield(inner);
  });
  const shieldsAll = coroutine(function* shields_all(): Steps<void> {
    yield* shield(gather([inner, shield(inner)]));
  });
  const tasks = [create(shields(), "shields"), create(shieldsAll(), "all")];
  yield* sleep(1);
  look(inner);
  yield* gather(tasks);
  look(inner);
}

function* limited(look: Look): Steps<void> {
  const inner = create(leaf(), "inner");
  const asks = coroutine(function* asks(): Steps<void> {
    yield* sleep(1);
    look();
  });
  const waitsFor = coroutine(function* waits_for(): Steps<void> {
    yield* waitFor(inner, 100);
  });
  const waitsInside = coroutine(function* waits_inside(): Steps<void> {
    yield* waitFor(asks(), 100);
  });
  const scoped = coroutine(function* scoped(): Steps<void> {
    yield* timeout(100, () => gather([inner, create(leaf(), "sibling")]));
  });
  const tasks = [create(waitsFor(), "for"), create(waitsInside(), "inside"), create(scoped(), "scope")] as const;
  yield* sleep(2);
  look(inner);
  look(tasks[1]);
  look(tasks[2]);
  yield* gather(tasks);
}

function* completing(look: Look): Steps<void> {
  const first = create(leaf(), "first");
  const iterates = coroutine(function* iterates(): Steps<void> {
    for (const nextOne of asCompleted([first])) yield* nextOne;
  });
  const task = create(iterates(), "iterates");
  yield* sleep(1);
  look(first);
  look(task);
  yield* task;
}

function* lines(look: Look): Steps<void> {
  const queue = new Queue<number>();
  const lock = new Lock();
  const event = new Event();
  const gets = coroutine(function* gets(): Steps<void> {
    yield* queue.get();
  });
  const holds = coroutine(function* holds(): Steps<void> {
    yield* lock.with(() => event.wait());
  });
  const acquires = coroutine(function* acquires(): Steps<void> {
    yield* lock.acquire();
  });
  const opens = coroutine(function* opens(): Steps<void> {
    yield* taskGroup((tasks) => {
      for (const made of [gets, holds, acquires]) tasks.createTask(made(), { name: made.name });
    });
  });
  const parent = create(opens(), "parent");
  yield* sleep(1);
  for (const name of ["gets", "holds", "acquires"]) look(taskNamed(name));
  queue.putNowait(1);
  event.set();
  yield* parent;
}

function* again(look: Look): Steps<void> {
  const future = new Future<null>();
  const awaitsTwice = coroutine(function* awaits_twice(): Steps<void> {
    yield* gather([future, shield(future), future]);
  });
  const task = create(awaitsTwice(), "twice");
  yield* sleep(1);
  look(future);
  future.setResult(null);
  yield* task;
}

export const awaiterPrograms: Programs = {
  children,
  gatherings,
  diamond,
  group,
  groups,
  waiting,
  shielded,
  limited,
  completing,
  lines,
  again,
};
