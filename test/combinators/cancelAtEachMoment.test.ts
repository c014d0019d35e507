import { test } from "node:test";
import {
  asCompleted,
  createTask,
  FIRST_COMPLETED,
  FIRST_EXCEPTION,
  forEach,
  gather,
  isCancelled,
  shield,
  sleep,
  wait,
  waitFor,
  type Steps,
} from "../../bindings/index.js";
import { cancelAtEachMoment, type Program } from "../support/cancelAtEachMoment.js";

/** Works for a while; on the way out it needs a millisecond more. */
function* worker(delay: number): Steps<void> {
  try {
    yield* sleep(delay);
  } finally {
    yield* sleep(1);
  }
}

function* failing(delay: number): Steps<never> {
  yield* sleep(delay);
  throw new RangeError("failed");
}

function* survive(awaitable: Iterable<unknown, unknown>): Steps<void> {
  try {
    yield* awaitable as Steps<unknown>;
  } catch (error) {
    if (isCancelled(error)) throw error;
  }
  yield* sleep(1);
}

/** A wait for tasks that others may cancel: that is an outcome like any other here. */
function* waitForAll(options: Parameters<typeof wait>[1], delays: readonly number[]): Steps<void> {
  const tasks = [...delays.map((delay) => createTask(sleep(delay))), createTask(failing(1))];
  try {
    yield* wait(tasks, options);
  } finally {
    for (const task of tasks) task.cancel();
    yield* shield(wait(tasks));
    for (const task of tasks) if (!task.cancelled()) task.exception();
  }
}

const programs: Readonly<Record<string, Program>> = {
  "waitFor a coroutine": { span: 3, start: () => [createTask(survive(waitFor(worker(5), 2)))] },
  "waitFor a coroutine that is in time": { span: 3, start: () => [createTask(survive(waitFor(worker(1), 5)))] },
  "waitFor without a deadline": { span: 2, start: () => [createTask(survive(waitFor(worker(1), null)))] },
  "waitFor with no time": { span: 2, start: () => [createTask(survive(waitFor(worker(5), 0)))] },
  "waitFor a task that cleans up": {
    span: 3,
    start: () => [createTask(survive(waitFor(createTask(worker(5)), 1)))],
  },
  "waitFor a running task with no time": {
    span: 3,
    start: () => {
      const inner = createTask(worker(5));
      return [createTask(survive(waitFor(inner, 0)))];
    },
  },
  "two tasks with a shield over a third": {
    span: 3,
    start: () => {
      const inner = createTask(worker(1));
      return [createTask(survive(shield(inner))), createTask(survive(shield(inner)))];
    },
  },
  "a shield over a task that fails": {
    span: 2,
    reports: true,
    start: () => {
      const inner = createTask(failing(1));
      // In one moment, as in asyncio, nobody else looks: the shield is cancelled, and has not told the inner task yet.
      inner.addDoneCallback(() => inner.exception());
      const cover = function* (): Steps<void> {
        yield* shield(inner);
      };
      return [createTask(survive(cover()))];
    },
  },
  "waitFor a shield": { span: 3, start: () => [createTask(survive(waitFor(shield(worker(2)), 1)))] },
  "wait for the first": {
    span: 2,
    start: () => {
      const tasks = [createTask(sleep(1)), createTask(sleep(2))];
      const first = (): Steps<void> => survive(wait(tasks, { returnWhen: FIRST_COMPLETED }));
      return [createTask(first()), createTask(first())];
    },
  },
  "wait for an exception, or the timeout": {
    span: 2,
    start: () => [createTask(survive(waitForAll({ returnWhen: FIRST_EXCEPTION, timeout: 1 }, [0, 2])))],
  },
  "asCompleted, in two tasks": {
    span: 2,
    start: () => {
      const [first, second] = asCompleted([sleep(2), sleep(1)]);
      return [createTask(survive(first!)), createTask(survive(second!))];
    },
  },
  "forEach over asCompleted": {
    span: 3,
    start: () => [createTask(survive(forEach(asCompleted([sleep(2), sleep(1)], { timeout: 5 }), () => sleep(1))))],
  },
  "gather of workers": { span: 3, start: () => [createTask(survive(gather([worker(1), worker(2)])))] },
};

for (const [name, program] of Object.entries(programs)) {
  test(`${name}: however it is cancelled, the task ends, nothing is left and every request is accounted for`, () => {
    cancelAtEachMoment(program);
  });
}
