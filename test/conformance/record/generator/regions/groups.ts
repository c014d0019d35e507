import type { Block, Expression, Statement } from "../../../format.js";
import { awaitable, coroutine, smallCoroutine, child, taskOptions } from "../awaitables.js";
import type { Draft } from "../draft.js";
import type { Region } from "../region.js";
import { nesting, suspending } from "../region.js";
import { nested, type Scope } from "../scope.js";

const MEMBERS = ["d0", "d1", "d2"] as const;

/** A coroutine object for a member: a worker, or one that waits for something shared. */
function work(draft: Draft, scope: Scope): Expression {
  const { expression } = awaitable(draft, scope);
  if (typeof expression !== "string") return expression;
  if (draft.random.chance(0.5)) return coroutine(draft, scope);
  return smallCoroutine(draft, "awaits", { p: ["_x"], b: [["if", "$_x", [["return", ["await", "$_x"]]]]] }, expression);
}

function member(draft: Draft, scope: Scope, group: string): Statement {
  const create: Statement = ["tg_task", group, work(draft, scope), ...taskOptions(draft, "g")];
  const form = draft.random.fraction();
  if (form < 0.6) return create;
  if (form < 0.75) return ["c", draft.event(), create];
  const register = draft.random.pick(MEMBERS);
  draft.declare("task", register, true);
  return ["let", register, create];
}

function members(draft: Draft, scope: Scope, group: string): Block {
  return Array.from({ length: draft.random.int(1, 3) }, () => member(draft, scope, group));
}

const CAUGHT = ["ExceptionGroup", "ExceptionGroup", "Exception", "BaseException", "CancelledError"] as const;

function caught(draft: Draft, statement: Statement): Statement {
  const error = draft.local();
  const kinds = draft.random.pick(CAUGHT);
  const handler: Statement[] = [draft.trace(`$${error}`, ["cancelling", ["self"]])];
  if (kinds !== "ExceptionGroup" && draft.random.chance(0.4)) handler.push(["reraise"]);
  return ["try", [statement], { except: [[kinds, error, handler]] }];
}

function group(draft: Draft, scope: Scope): Block {
  const register = draft.local();
  const reference = `$${register}`;
  const body: Block = [
    ...members(draft, scope, reference),
    ...(draft.random.chance(0.75) ? draft.block(nested(scope), draft.random.int(1, 2)) : []),
    ...(draft.random.chance(0.15) ? [["c", draft.event(), ["tg_task", reference, child(draft)]] as const] : []),
  ];
  const statement: Statement = ["with", ["taskgroup"], register, body];
  const block: Statement[] = [draft.random.chance(0.7) ? caught(draft, statement) : statement];
  if (draft.random.chance(0.15)) {
    const late: Statement = ["c", draft.event(), ["tg_task", reference, child(draft)]];
    block.push(["if", ["ne", reference, null], [late]]);
  }
  return block;
}

function nestedGroups(draft: Draft, scope: Scope): Block {
  const outer = draft.local();
  const inner = draft.local();
  const innerGroup: Statement = ["with", ["taskgroup"], inner, members(draft, scope, `$${inner}`)];
  const body: Block = [
    member(draft, scope, `$${outer}`),
    draft.random.chance(0.5) ? caught(draft, innerGroup) : innerGroup,
    draft.sleep(),
  ];
  return [caught(draft, ["with", ["taskgroup"], outer, body])];
}

export const groups: Region = {
  moves: [
    nesting(2.5, group),
    nesting(0.6, nestedGroups),
    suspending(0.08, (draft) => {
      const register = draft.local();
      const reference = `$${register}`;
      return [
        ["let", register, ["taskgroup"]],
        ["c", draft.event(), ["tg_task", reference, child(draft)]],
        ["with", reference, null, []],
        ["try", [["with", reference, null, []]], { except: [["RuntimeError", null, [draft.trace()]]] }],
      ];
    }),
  ],
};
