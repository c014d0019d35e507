import type { Definition, Expression } from "../../format.js";
import { CHILDREN } from "./children.js";
import type { Draft } from "./draft.js";
import type { Scope } from "./scope.js";

/** Something to await, and the registers that must be set before it can be evaluated. */
export interface Awaitable {
  readonly expression: Expression;
  readonly needs: readonly Expression[];
}

export interface Awaitables {
  readonly list: readonly Expression[];
  readonly needs: readonly Expression[];
}

/** A new coroutine object of a small function, defined on first use. */
export function smallCoroutine(
  draft: Draft,
  name: string,
  definition: Definition,
  ...operands: Expression[]
): Expression {
  draft.coros[name] ??= definition;
  return ["coro", name, ...operands];
}

/** A coroutine that returns what `operation` gives; for operations that must be a task or a wait_for. */
export function wrapped(draft: Draft, operation: readonly [op: string, object: string]): Expression {
  const [op, object] = operation;
  return smallCoroutine(draft, `${op}_${object.slice(1)}`, { b: [["return", operation]] });
}

/** A new coroutine object that refers to nothing shared and calls nothing. */
export function child(draft: Draft): Expression {
  const name = draft.random.pick(Object.keys(CHILDREN));
  return smallCoroutine(draft, name, CHILDREN[name] as Definition, draft.duration(), draft.value());
}

/** A new coroutine object: a worker of a deeper level where there is one, else a child. */
export function coroutine(draft: Draft, scope: Scope): Expression {
  const deeper = [...draft.workers].filter(([, level]) => level > scope.level).map(([name]) => name);
  if (deeper.length === 0 || draft.random.chance(0.3)) return child(draft);
  return ["coro", draft.random.pick(deeper), draft.duration()];
}

/** Anything that can be awaited: coroutine objects, futures, shared tasks. */
export function awaitable(draft: Draft, scope: Scope): Awaitable {
  const source = draft.random.weighted([
    { weight: 5, make: () => coroutine(draft, scope) },
    { weight: draft.has("future") ? 3 : 0, make: () => draft.any("future") },
    { weight: draft.has("task") ? 2 : 0, make: () => draft.any("task") },
  ]);
  const expression = source.make();
  return { expression, needs: [expression] };
}

export function awaitables(draft: Draft, scope: Scope, low = 1, high = 3): Awaitables {
  const list = Array.from({ length: draft.random.int(low, high) }, () => awaitable(draft, scope).expression);
  const [first] = list;
  // The same future twice is one child with two places.
  if (typeof first === "string" && draft.random.chance(0.12)) list.push(first);
  return { list, needs: list };
}

/** Futures and tasks only, for `wait`, which takes no coroutines. */
export function futures(draft: Draft, scope: Scope, low = 1, high = 3): Awaitables {
  const list = Array.from({ length: draft.random.int(low, high) }, (): Expression => {
    const { expression } = awaitable(draft, scope);
    return typeof expression === "string" ? expression : newTask(draft, expression);
  });
  return { list, needs: list };
}

/** `["task", …]`, mostly with a name. */
export function newTask(draft: Draft, coroutineObject: Expression): Expression {
  return ["task", coroutineObject, ...taskOptions(draft, "k")];
}

/** `[options]` or nothing, for operations that make a task. */
export function taskOptions(draft: Draft, prefix: string): Expression[] {
  const eagerStart = draft.profile.regions.has("factories") && draft.random.chance(0.4);
  const options = {
    ...(draft.random.chance(0.85) ? { name: `${prefix}${draft.event()}` } : {}),
    ...(eagerStart ? { eager_start: draft.random.chance(0.8) } : {}),
  };
  return Object.keys(options).length === 0 ? [] : [options];
}
