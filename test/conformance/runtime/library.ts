import type { Host } from "../../../bindings/index.js";

/*
 * What the runtime itself calls. Compiled programs call far more, but they are untyped, and a program whose
 * operations are not exported is skipped before it is run; so these types describe the least that must exist.
 */

export type ErrorClass = new (message?: string) => Error;

export interface TaskLike {
  getName(): string;
}

export interface Scope {
  when(): number | null;
  reschedule(when: number | null): void;
  expired(): boolean;
}

export interface Group {
  createTask(coroutine: unknown, options: object): TaskLike;
}

export interface ExceptionContext {
  readonly message?: string;
  readonly exception?: unknown;
}

export interface Loop {
  time(): number;
  createTask(coroutine: unknown): TaskLike;
  runUntilComplete(target: unknown): Promise<unknown>;
  close(): void;
  setTaskFactory(factory: unknown): void;
  getTaskFactory(): unknown;
  setExceptionHandler(handler: unknown): void;
  getExceptionHandler(): unknown;
  callExceptionHandler(context: ExceptionContext): void;
}

export interface Runner {
  run(main: unknown): Promise<unknown>;
  getLoop(): Loop;
  close(): Promise<void>;
}

export interface TaskOptions {
  readonly name?: string;
  readonly context?: unknown;
  readonly eagerStart?: boolean;
}

export interface Library {
  readonly EventLoop: new (options: { host: Host }) => Loop;
  readonly Runner: new (options: { loopFactory: () => Loop }) => Runner;
  readonly Task: new (coroutine: unknown, options: TaskOptions & { loop: Loop }) => TaskLike;
  readonly CancelledError: new (message?: unknown) => Error & { readonly msg?: unknown };
  readonly ExceptionGroup: new (message: string, errors: Error[]) => Error & { readonly errors: readonly unknown[] };
  readonly RuntimeError: ErrorClass;
  readonly StopAsyncIteration: ErrorClass;
  readonly ContextVar: new (name: string, options: { default: unknown }) => object;
  coroutine(fn: (...args: never[]) => Generator): (...args: unknown[]) => unknown;
  run(main: unknown, options: { loopFactory: () => Loop }): Promise<unknown>;
  currentTask(loop: Loop): TaskLike | null;
  allTasks(loop: Loop): Iterable<TaskLike>;
  getRunningLoop(): Loop;
  isFuture(value: unknown): value is object;
  isCoroutine(value: unknown): boolean;
  timeout(delay: number | null, body: (scope: Scope) => unknown): unknown;
  timeoutAt(when: number | null, body: (scope: Scope) => unknown): unknown;
  taskGroup(body: (group: Group) => unknown): unknown;
  readonly eagerTaskFactory: unknown;
  createEagerTaskFactory(make: (coroutine: unknown, options: TaskOptions & { loop: Loop }) => unknown): unknown;
}

/** What every program needs, whatever operations it uses. */
export const ALWAYS_NEEDED: readonly string[] = [
  "EventLoop",
  "Runner",
  "Task",
  "CancelledError",
  "RuntimeError",
  "coroutine",
  "currentTask",
  "allTasks",
  "isFuture",
  "isCoroutine",
];
