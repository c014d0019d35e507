// What must and must not compile; nothing here is run.
import {
  coroutine,
  sleep,
  taskGroup,
  timeout,
  timeoutAt,
  type Coroutine,
  type ExceptionGroup,
  type Task,
  type TaskGroup,
  type Timeout,
} from "../../bindings/index.js";
import { expectType } from "./expectType.js";

const work = coroutine(function* (n: number) {
  yield* sleep(n);
  return String(n);
});

export function* bodies(): Generator<unknown, void, unknown> {
  const fromGenerator = yield* timeout(5, function* (scope) {
    expectType<Timeout, typeof scope>();
    const text = yield* work(5);
    return text.length;
  });
  expectType<number, typeof fromGenerator>();

  const fromCoroutine = yield* taskGroup(() => work(5));
  expectType<string, typeof fromCoroutine>();

  const fromAsync = yield* timeoutAt(null, async (scope) => {
    await work(5);
    return scope.when();
  });
  expectType<number | null, typeof fromAsync>();

  const fromPlain = yield* timeout(5, () => true as boolean);
  expectType<boolean, typeof fromPlain>();

  const fromGroup = yield* taskGroup(function* (group) {
    expectType<TaskGroup, typeof group>();
    const task = group.createTask(work(1), { name: "named" });
    expectType<Task<string>, typeof task>();
    const native = group.createTask(async () => 1);
    expectType<Task<number>, typeof native>();
    return [yield* task, yield* native] as const;
  });
  expectType<readonly [string, number], typeof fromGroup>();

  const nothing = taskGroup((group: TaskGroup) => void group.createTask(work(1)));
  expectType<Coroutine<undefined>, typeof nothing>();
}

// @ts-expect-error the deadline is needed
void timeout(() => 1);
// @ts-expect-error a deadline is a number or null
void timeout("5", () => 1);
// @ts-expect-error the body is a function, not a coroutine
void taskGroup(work(5));
// @ts-expect-error a group's body gets a group
void taskGroup((scope: Timeout) => scope);
// @ts-expect-error and a timeout's body a timeout
void timeout(5, (scope: TaskGroup) => scope);

export function inspect(scope: Timeout, group: TaskGroup, error: ExceptionGroup): void {
  expectType<AbortSignal, typeof scope.signal>();
  expectType<AbortSignal, typeof group.signal>();
  expectType<unknown[], typeof error.errors>();
  const parts = error.split(RangeError);
  expectType<[matching: ExceptionGroup | null, rest: ExceptionGroup | null], typeof parts>();
  // @ts-expect-error a state is asked for, not set
  scope.expired = true;
  // @ts-expect-error undefined is no deadline
  scope.reschedule(undefined);
}
