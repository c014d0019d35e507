import type { Block, Expression, Statement } from "../../format.js";
import type { Draft } from "./draft.js";
import { functionScope } from "./scope.js";
import { pulse } from "./regions/callbacks.js";

const TASK_NAMES = ["A", "B", "C", "D", "E"] as const;

/** Defines `count` workers, the deepest first, because a worker calls deeper ones only. */
export function defineWorkers(draft: Draft, count: number): void {
  for (let index = count - 1; index >= 0; index--) {
    const share = Math.max(3, Math.floor(draft.budget / (index + 2)));
    const kept = draft.budget - share;
    draft.budget = share;
    const scope = functionScope("coros", index + 1, index === 0 ? 3 : 2);
    const body: Statement[] = [...draft.block(scope, draft.random.int(2, 4))];
    if (draft.random.chance(0.5))
      body.splice(draft.random.pick([0, 0, body.length]), 0, draft.record(["sleep", "$_n"]));
    if (draft.random.chance(0.5)) body.push(["return", draft.value()]);
    draft.coros[`w${index}`] = { p: ["_n"], b: body };
    draft.workers.set(`w${index}`, index + 1);
    draft.budget += kept;
  }
}

/** Declares the registers of the tasks that `startTasks` starts; workers refer to them. */
export function declareTasks(draft: Draft, count: number): readonly string[] {
  const registers = Array.from({ length: count }, (_, index) => `t${index}`);
  for (const register of registers) draft.declare("task", register, draft.profile.eager);
  return registers;
}

export function startTasks(draft: Draft, registers: readonly string[]): Block {
  const names = [...draft.workers.keys()].sort();
  const favoured = draft.random.chance(0.6) ? names.slice(0, 2) : names;
  return registers.map((register, index) => {
    const eagerStart = draft.profile.eager && draft.random.chance(0.4) ? { eager_start: true } : {};
    const options = { name: TASK_NAMES[index] ?? "Z", ...eagerStart };
    return ["let", register, ["task", ["coro", draft.random.pick(favoured), draft.duration()], options]];
  });
}

/** How the main coroutine ends: waits for all, for some time, or leaves its tasks to the shutdown. */
export function epilogue(draft: Draft, registers: readonly string[]): Block {
  const tasks = registers.map((register): Expression => `$${register}`);
  const endings: { weight: number; make: () => Statement[] }[] = [
    { weight: 3, make: () => [["ca", draft.event(), ["await", ["gather", tasks, { re: 1 }]]]] },
    { weight: 2, make: () => [["ca", draft.event(), ["wait", tasks, { timeout: draft.random.pick([3, 5, 8]) }]]] },
    { weight: 1, make: () => [["ca", draft.event(), ["wait", tasks]]] },
    { weight: 1, make: () => [["t", draft.event(), ["await", ["gather", tasks]]]] },
    { weight: 1, make: () => tasks.map((task) => ["ca", draft.event(), ["await", task]]) },
    { weight: 1, make: () => [["t", draft.event(), ["sleep", draft.random.pick([2, 4, 6])]]] },
    { weight: 1, make: () => [] },
  ];
  const block = draft.random.weighted(endings).make();
  if (draft.random.chance(0.3)) block.push(draft.trace(["list", ...tasks.map((task) => ["done", task])], ["time"]));
  return block;
}

export function pulses(draft: Draft): Block {
  const delays = draft.random.chance(0.5) ? draft.random.sample([0, 1, 2, 3], draft.random.int(1, 2)) : [];
  return delays.map((delay) => pulse(draft, delay, draft.random.int(3, 5)));
}

/** Several different coroutines that share objects, and a main coroutine that takes part. */
export function workersMain(draft: Draft): Block {
  const registers = declareTasks(draft, draft.random.int(2, 4));
  defineWorkers(draft, draft.random.int(2, 4));
  const started = [...pulses(draft), ...startTasks(draft, registers)];
  const body = draft.block(functionScope("coros", 0, 2), draft.random.int(1, 4));
  const named: Block = draft.random.chance(0.85) ? [["set_name", ["self"], "m"]] : [];
  return [...named, ...draft.setup, ...started, ...body, ...epilogue(draft, registers)];
}
