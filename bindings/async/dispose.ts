// `using` and `await using`, lowered: what stands behind the helpers of TypeScript, SWC, Babel and OXC.
//
// One difference to JavaScript: a cancellation that arrives while resources are disposed of goes on as it is. Wrapped in
// a SuppressedError with the body's own error it would no longer be known as a cancellation.
import { isCancelled } from "../errors/cancelledError.js";
import { describe } from "../errors/checks.js";
import { asyncDispose, dispose } from "../hosts/disposeSymbols.js";
import { AsyncCoroutine } from "../tasks/asyncCoroutine.js";
import type { Steps } from "../tasks/awaitable.js";
import type { Coroutine } from "../tasks/coroutine.js";

interface Resource {
  readonly value?: unknown;
  /** Absent for `null` and `undefined`, of which an `await using` makes a pass through the loop all the same. */
  readonly dispose?: (this: unknown) => unknown;
  readonly async: boolean;
}

/** TypeScript's, made by the lowered code itself. */
export interface Environment {
  readonly stack: Resource[];
  error: unknown;
  hasError: boolean;
}

type Disposable = { readonly [method: symbol]: ((this: unknown) => unknown) | null | undefined };

/** Keeps `value` for the end of its block and returns it; TypeError if it cannot be disposed of. */
export function addResource<T>(env: Environment, value: T, isAsync: boolean): T {
  if (value === null || value === undefined) {
    if (isAsync) env.stack.push({ async: true });
    return value;
  }
  if (typeof value !== "object" && typeof value !== "function") {
    throw new TypeError(`\`using\` expects an object, null or undefined, got ${describe(value)}`);
  }
  env.stack.push({ value, dispose: methodOf(value as Disposable, isAsync), async: isAsync });
  return value;
}

function methodOf(value: Disposable, isAsync: boolean): (this: unknown) => unknown {
  const own = isAsync ? (value[asyncDispose] ?? null) : null;
  const method = own ?? value[dispose];
  if (typeof method !== "function") {
    const wanted = isAsync ? "[Symbol.asyncDispose] or [Symbol.dispose]" : "[Symbol.dispose]";
    throw new TypeError(
      `\`${isAsync ? "await using" : "using"}\` expects an object with ${wanted}, got ${describe(value)}`,
    );
  }
  if (!isAsync || own !== null) return method;
  // What a synchronous method returns is not awaited.
  return function (this: unknown): undefined {
    method.call(this);
  };
}

/** Disposes of everything, last first. Throws, or returns what is to be awaited if one of the resources is async. */
export function disposeResources(env: Environment): Coroutine<void> | undefined {
  if (env.stack.some((resource) => resource.async)) return new AsyncCoroutine<void>(disposeAwaiting(env));
  for (let resource = env.stack.pop(); resource !== undefined; resource = env.stack.pop()) {
    try {
      resource.dispose!.call(resource.value);
    } catch (error) {
      fail(env, error);
    }
  }
  if (env.hasError) throw env.error;
  return undefined;
}

function* disposeAwaiting(env: Environment): Steps<void> {
  let owesPass = false;
  for (let resource = env.stack.pop(); resource !== undefined; resource = env.stack.pop()) {
    try {
      if (!resource.async && owesPass) {
        owesPass = false;
        yield;
      }
      if (resource.dispose === undefined) {
        owesPass = true;
        continue;
      }
      const result = resource.dispose.call(resource.value);
      if (!resource.async) continue;
      owesPass = false;
      yield result;
    } catch (error) {
      fail(env, error);
    }
  }
  if (owesPass) yield;
  if (env.hasError) throw env.error;
}

function fail(env: Environment, error: unknown): void {
  env.error = env.hasError && !isCancelled(error) ? suppressed(error, env.error) : error;
  env.hasError = true;
}

type SuppressedErrorClass = new (error: unknown, suppressed: unknown, message: string) => Error;

function suppressed(error: unknown, before: unknown): Error {
  const message = "an error was thrown while another one disposed of the block's resources; see error and suppressed";
  const { SuppressedError } = globalThis as { SuppressedError?: SuppressedErrorClass };
  if (SuppressedError !== undefined) return new SuppressedError(error, before, message);
  return Object.assign(new Error(message), { name: "SuppressedError", error, suppressed: before });
}

/** What Babel's and OXC's lowering keeps its resources in. */
export interface UsingContext {
  /** Set by the lowered code when the block has thrown. */
  e: unknown;
  /** `using` */
  u<T>(value: T): T;
  /** `await using` */
  a<T>(value: T): T;
  /** At the end of the block. */
  d(): Coroutine<void> | undefined;
}

/** Babel's and OXC's `usingCtx()`. */
export function usingContext(): UsingContext {
  const env: Environment = { stack: [], error: undefined, hasError: false };
  return {
    get e() {
      return env.error;
    },
    set e(error) {
      env.error = error;
      env.hasError = true;
    },
    u: (value) => addResource(env, value, false),
    a: (value) => addResource(env, value, true),
    d: () => disposeResources(env),
  };
}
