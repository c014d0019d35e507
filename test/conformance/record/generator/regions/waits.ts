import type { Block, Expression } from "../../../format.js";
import { awaitable, awaitables, futures } from "../awaitables.js";
import type { Draft } from "../draft.js";
import type { Region } from "../region.js";
import { nesting, suspending } from "../region.js";
import { nested, type Scope } from "../scope.js";

const CONDITIONS = ["FIRST_COMPLETED", "FIRST_COMPLETED", "FIRST_EXCEPTION", "ALL_COMPLETED"] as const;

function waitOptions(draft: Draft): Expression[] {
  const options = {
    ...(draft.random.chance(0.6) ? { timeout: draft.patience() } : {}),
    ...(draft.random.chance(0.7) ? { when: draft.random.pick(CONDITIONS) } : {}),
  };
  return Object.keys(options).length === 0 ? [] : [options];
}

function wait(draft: Draft, scope: Scope): Block {
  const { list, needs } = futures(draft, scope);
  const register = draft.local();
  const waiting = draft.record(["wait", list, ...waitOptions(draft)], register);
  if (draft.random.chance(0.65)) return draft.guarded(needs, [waiting]);
  const each = draft.local();
  const rest: Expression = ["sorted", ["at", `$${register}`, 1]];
  const cancelAll: Block = [["for", each, rest, [draft.trace(["label", `$${each}`]), ["cancel", `$${each}`]]]];
  return draft.guarded(needs, [waiting, ["if", ["ne", `$${register}`, null], cancelAll]]);
}

function asCompleted(draft: Draft, scope: Scope): Block {
  const { list, needs } = draft.random.chance(0.4) ? futures(draft, scope) : awaitables(draft, scope);
  const register = draft.local();
  const options = draft.random.chance(0.4) ? [{ timeout: draft.patience() }] : [];
  const iterator: Expression = ["as_completed", list, ...options];
  const next: Block = [
    draft.record(["await", `$${register}`]),
    ...(draft.random.chance(0.3) ? draft.block(nested(scope, { depth: 0, inLoop: true }), 1) : []),
    ...(draft.random.chance(0.15) ? [["break"] as const] : []),
  ];
  const loop: Block = draft.random.chance(0.55)
    ? [["for", register, iterator, next]]
    : [["afor", register, iterator, [draft.trace(["done", `$${register}`]), ...next]]];
  const clauses = { except: [["TimeoutError|ErrA", null, [draft.trace()]]] };
  return draft.guarded(needs, draft.random.chance(0.6) ? [["try", loop, clauses]] : loop);
}

/** Taking from the iterator by hand, until nothing is left. */
function stepwise(draft: Draft, scope: Scope): Block {
  const { list, needs } = awaitables(draft, scope, 1, 2);
  const register = draft.local();
  const steps = list.map(() => draft.record(["anext", `$${register}`]));
  return draft.guarded(needs, [
    ["let", register, ["as_completed", list]],
    ...steps,
    draft.record(["anext", `$${register}`]),
  ]);
}

function misuse(draft: Draft): Expression {
  const single: Expression = ["future"];
  return draft.random.pick<Expression>([
    ["wait", []],
    ["wait", single],
    ["wait", [single], { when: "SOMETIME" }],
    ["wait", [["coro", "nothing"]]],
    ["as_completed", single],
  ]);
}

export const waits: Region = {
  moves: [
    suspending(1.2, wait),
    suspending(1, (draft, scope) => {
      const { expression, needs } = awaitable(draft, scope);
      const limit = draft.random.chance(0.07) ? null : draft.patience();
      return draft.guarded(needs, [draft.record(["wait_for", expression, limit])]);
    }),
    nesting(0.9, asCompleted),
    suspending(0.2, stepwise),
    suspending(0.1, (draft) => {
      draft.coros["nothing"] ??= { b: [] };
      return [["c", draft.event(), misuse(draft)]];
    }),
  ],
};
