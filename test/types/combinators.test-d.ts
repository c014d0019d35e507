// What must and must not compile; nothing here is run.
import {
  type ALL_COMPLETED,
  asCompleted,
  coroutine,
  createTask,
  ensureFuture,
  FIRST_COMPLETED,
  forEach,
  type Future,
  gather,
  type EventLoop,
  runCoroutineThreadsafe,
  shield,
  sleep,
  type Task,
  wait,
  waitFor,
} from "../../bindings/index.js";
import { expectType } from "./expectType.js";

const work = coroutine(function* (n: number) {
  yield* sleep(n);
  return String(n);
});

export function* waiting(numbers: Future<number>, loop: EventLoop): Generator<unknown, void, unknown> {
  const task = createTask(work(1));

  const waited = yield* wait([task]);
  expectType<{ done: Set<Task<string>>; pending: Set<Task<string>> }, typeof waited>();
  const mixed = yield* wait([task, numbers], { returnWhen: FIRST_COMPLETED, timeout: null });
  expectType<Set<Task<string> | Future<number>>, typeof mixed.done>();
  expectType<"ALL_COMPLETED", typeof ALL_COMPLETED>();
  yield* wait(new Set([numbers]), { returnWhen: "FIRST_EXCEPTION" });

  const text = yield* waitFor(work(1), 5);
  expectType<string, typeof text>();
  const settled = yield* waitFor(Promise.resolve(1), null);
  expectType<number, typeof settled>();

  const shielded = shield(work(1));
  expectType<Future<string>, typeof shielded>();
  const ensured = ensureFuture(Promise.resolve(1), { loop });
  expectType<Future<number>, typeof ensured>();
  const promise = runCoroutineThreadsafe(work(1), loop);
  expectType<Promise<string>, typeof promise>();

  const gathered = yield* gather([work(1), numbers]);
  expectType<[string, number], typeof gathered>();

  for (const next of asCompleted([work(1), numbers])) {
    const outcome = yield* next;
    expectType<string | number, typeof outcome>();
  }
  yield* forEach(asCompleted([task]), (future, index) => {
    expectType<Future<string>, typeof future>();
    expectType<number, typeof index>();
  });
}

export async function native(tasks: Task<string>[]): Promise<void> {
  for await (const future of asCompleted(tasks)) expectType<Future<string>, typeof future>();
  const { done } = await wait(tasks);
  expectType<Set<Task<string>>, typeof done>();
}

export function refused(future: Future<number>): void {
  // @ts-expect-error a list, not one awaitable
  void wait(future);
  // @ts-expect-error a list, not one awaitable
  void gather(future);
  // @ts-expect-error a list, not one awaitable
  void asCompleted(future);
  // @ts-expect-error a list, not a promise
  void asCompleted(Promise.resolve());
  // @ts-expect-error coroutines have to be made tasks first
  void wait([work(1)]);
  // @ts-expect-error a promise is no Future
  void wait([Promise.resolve(1)]);
  // @ts-expect-error an unknown condition
  void wait([future], { returnWhen: "FIRST" });
  // @ts-expect-error the timeout is needed; null is none
  void waitFor(future);
  // @ts-expect-error a timeout is a number or null
  void waitFor(future, "5");
  // @ts-expect-error a function has to be called
  void waitFor(work, 5);
  // @ts-expect-error plain iterables have for … of
  void forEach([1], () => {});
  // @ts-expect-error a loop is needed
  void runCoroutineThreadsafe(work(1));
}
