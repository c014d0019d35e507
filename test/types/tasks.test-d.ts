// What the compiler must know about tasks, futures and runs. This file is compiled with the tests; nothing of it runs.
import {
  captureCallGraph,
  Context,
  ContextVar,
  coroutine,
  createTask,
  formatCallGraph,
  Future,
  printCallGraph,
  run,
  Runner,
  sleep,
  wrapFuture,
  type EventLoop,
  type ExceptionContext,
  type FrameCallGraphEntry,
  type FutureCallGraph,
  type Handle,
  type Task,
  type TimerHandle,
} from "../../bindings/index.js";
import { runVirtual } from "../../bindings/testing.js";
import type { Equal, Expect } from "./expect.js";

declare const loop: EventLoop;

const answer = coroutine(function* () {
  yield* sleep(1);
  return 42;
});

const tasks = [
  createTask(answer()),
  createTask(answer),
  createTask(() => answer()),
  createTask(function* () {
    return yield* answer();
  }),
  createTask(async () => 42),
  createTask(() => 42),
  createTask(Promise.resolve(42)),
  loop.createTask(answer),
] as const;
type TaskOfNumber = Task<number>;
export type Tasks = Expect<Equal<(typeof tasks)[number], TaskOfNumber>>;
createTask(async (task) => await fetch("about:blank", { signal: task.signal }));
createTask((task) => task.getName(), { name: "named", context: new Context() });
// @ts-expect-error a number is not a task's target
createTask(5);
// @ts-expect-error nor is a string
loop.createTask("text");
// @ts-expect-error an unknown option
createTask(answer, { nmae: "misspelt" });

const results = [run(answer), run(answer()), run(async () => 42), run(() => 42)] as const;
export type Runs = Expect<Equal<(typeof results)[number], Promise<number>>>;
const flat = run(async () => sleep(1, "text"));
export type Flat = Expect<Equal<typeof flat, Promise<string>>>;
const virtual = runVirtual(answer);
export type Virtual = Expect<Equal<typeof virtual, number>>;
const byRunner = new Runner().run(answer);
export type ByRunner = Expect<Equal<typeof byRunner, Promise<number>>>;
const complete = loop.runUntilComplete(answer());
export type Complete = Expect<Equal<typeof complete, Promise<number>>>;
// @ts-expect-error a number can not be run
void run(5);

const future = new Future<string>();
future.setResult("text");
// @ts-expect-error a result has the future's type
future.setResult(5);
const result = future.result();
export type Result = Expect<Equal<typeof result, string>>;
future.addDoneCallback((done) => {
  const same: Future<string> = done;
  void same;
});
const wrapped = wrapFuture(Promise.resolve(5));
export type Wrapped = Expect<Equal<typeof wrapped, Future<number>>>;
const chained = future.then((text) => text.length);
export type Chained = Expect<Equal<typeof chained, Promise<number>>>;

const soon = loop.callSoon((text: string, count: number) => text.repeat(count), "text", 2);
export type Soon = Expect<Equal<typeof soon, Handle>>;
const later = loop.callLater(5, () => {});
export type Later = Expect<Equal<typeof later, TimerHandle>>;
// @ts-expect-error arguments are checked against the callback
loop.callSoon((text: string) => text, 5);
// @ts-expect-error a duration is a number
loop.callLater("5", () => {});
// @ts-expect-error a callback is a function
loop.callSoon("text");
loop.setExceptionHandler((own, context) => {
  type Arguments = Expect<Equal<[typeof own, typeof context], [EventLoop, ExceptionContext]>>;
  void 0 as unknown as Arguments;
});

const variable = new ContextVar<string>("variable", { default: "default" });
const value = variable.get();
const orNumber = variable.get(5 as number);
export type Value = Expect<Equal<[typeof value, typeof orNumber], [string, string | number]>>;
// @ts-expect-error a value has the variable's type
variable.set(5);
// @ts-expect-error so has the default
export const badDefault = new ContextVar<string>("variable", { default: 5 });
const inContext = new Context().run((a: number, b: string) => b.repeat(a), 2, "text");
export type InContext = Expect<Equal<typeof inContext, string>>;

declare const somewhere: { write(text: string): boolean };
export type Stack = Expect<Equal<ReturnType<Task<number>["getStack"]>, string[]>>;
tasks[0].getStack({ limit: 3 });
tasks[0].printStack({ limit: 3, file: somewhere });
tasks[0].printStack();
// @ts-expect-error a stack is limited by a number of lines
tasks[0].getStack({ limit: "3" });

const graph = captureCallGraph(tasks[0], { depth: 2, limit: null });
export type Graph = Expect<Equal<typeof graph, FutureCallGraph | null>>;
export type Entries = Expect<Equal<FutureCallGraph["callStack"], readonly FrameCallGraphEntry[]>>;
export type Awaiters = Expect<Equal<FutureCallGraph["awaitedBy"], readonly FutureCallGraph[]>>;
captureCallGraph();
const graphText = formatCallGraph(tasks[0]);
export type GraphText = Expect<Equal<typeof graphText, string>>;
printCallGraph(null, { limit: -1, file: somewhere });
// @ts-expect-error a coroutine is no Future
captureCallGraph(answer());
// @ts-expect-error a graph is captured, not written
captureCallGraph(null, { file: somewhere });
// @ts-expect-error and can not be changed
graph!.awaitedBy.push(graph!);
