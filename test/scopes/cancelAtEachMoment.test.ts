import { test } from "node:test";
import {
  createTask,
  ExceptionGroup,
  isCancelled,
  sleep,
  taskGroup,
  timeout,
  timeoutAt,
  type Steps,
  type TaskGroup,
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

/** Swallows what is not a cancellation, and waits once more, where a cancellation that is still open arrives. */
function* survive(scope: Iterable<unknown, unknown>): Steps<void> {
  try {
    yield* scope as Steps<unknown>;
  } catch (error) {
    if (isCancelled(error)) throw error;
  }
  yield* sleep(1);
}

const startWorkers = (group: TaskGroup): void => {
  group.createTask(worker(1));
  group.createTask(worker(0));
};

const programs: Readonly<Record<string, Program>> = {
  "a group of workers": {
    span: 3,
    start: () => [
      createTask(
        taskGroup(function* (group) {
          startWorkers(group);
          yield* sleep(1);
        }),
      ),
    ],
  },
  "a group with a task that fails": {
    span: 3,
    start: () => [
      createTask(
        survive(
          taskGroup((group: TaskGroup) => {
            startWorkers(group);
            group.createTask(failing(1));
          }),
        ),
      ),
    ],
  },
  "a group whose body fails while its tasks clean up": {
    span: 3,
    start: () => [
      createTask(
        survive(
          taskGroup(function* (group) {
            group.createTask(worker(5));
            yield* failing(1);
          }),
        ),
      ),
    ],
  },
  "a failing group in a group, one task in each": {
    span: 2,
    start: () => [
      createTask(
        survive(
          taskGroup(function* (outer) {
            outer.createTask(worker(2));
            try {
              yield* taskGroup((inner: TaskGroup) => void inner.createTask(failing(1)));
            } catch (error) {
              if (!(error instanceof ExceptionGroup)) throw error;
            }
          }),
        ),
      ),
    ],
  },
  "a group that cancel() ends": {
    span: 3,
    start: () => [
      createTask(
        survive(
          taskGroup(function* (group) {
            startWorkers(group);
            yield* sleep(1);
            group.cancel();
            yield* sleep(5);
          }),
        ),
      ),
    ],
  },
  "two tasks that share what one of them awaits in a group": {
    span: 2,
    start: () => {
      const shared = createTask(sleep(2));
      const waiter = createTask(
        survive(
          taskGroup((group: TaskGroup) => {
            group.createTask(worker(1));
            return sleep(1);
          }),
        ),
      );
      return [waiter, shared];
    },
  },
  "a deadline": { span: 3, start: () => [createTask(survive(timeout(2, () => worker(5))))] },
  "a deadline that is not reached": { span: 3, start: () => [createTask(survive(timeout(5, () => worker(1))))] },
  "a deadline at once": { span: 2, start: () => [createTask(survive(timeout(0, () => worker(5))))] },
  "a deadline that a body moves": {
    span: 3,
    start: () => [
      createTask(
        survive(
          timeout(5, function* (scope) {
            yield* sleep(1);
            scope.reschedule(2);
            yield* worker(5);
          }),
        ),
      ),
    ],
  },
  "nested deadlines, the inner one first": {
    span: 3,
    start: () => [createTask(survive(timeout(2, () => survive(timeout(1, () => worker(5))))))],
  },
  "nested deadlines at the same time": {
    span: 2,
    start: () => [createTask(survive(timeoutAt(1, () => survive(timeoutAt(1, () => worker(5))))))],
  },
  "a deadline over a group": {
    span: 3,
    start: () => [createTask(survive(timeout(1, () => taskGroup(startWorkers))))],
  },
  "a deadline over a group with a task that fails then": {
    span: 3,
    start: () => [
      createTask(
        survive(
          timeout(1, () =>
            taskGroup((group: TaskGroup) => {
              group.createTask(failing(1));
              group.createTask(worker(5));
            }),
          ),
        ),
      ),
    ],
  },
  "a deadline in each task of a group": {
    span: 3,
    start: () => [
      createTask(
        survive(
          taskGroup((group: TaskGroup) => {
            group.createTask(survive(timeout(1, () => worker(5))));
            group.createTask(timeout(2, () => worker(5)));
          }),
        ),
      ),
    ],
  },
};

for (const [name, program] of Object.entries(programs)) {
  test(`${name}: however it is cancelled, the task ends, nothing is left and every request is accounted for`, () => {
    cancelAtEachMoment(program);
  });
}
