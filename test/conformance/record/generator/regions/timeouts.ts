import type { Block, Expression, Statement } from "../../../format.js";
import type { Draft } from "../draft.js";
import type { Region } from "../region.js";
import { nesting, suspending } from "../region.js";
import { nested, type Scope } from "../scope.js";

function newTimeout(draft: Draft): Expression {
  if (draft.random.chance(0.8)) return ["timeout", draft.random.chance(0.06) ? null : draft.patience()];
  const deadline: Expression = draft.random.chance(0.7) ? ["add", ["time"], draft.patience()] : draft.duration();
  return ["timeout_at", draft.random.chance(0.1) ? null : deadline];
}

function reschedule(draft: Draft, timeout: string): Statement {
  const deadline = draft.random.pick<Expression>([null, ["add", ["time"], draft.duration()], draft.duration()]);
  return draft.probe(["reschedule", timeout, deadline]);
}

function maybe(draft: Draft, probability: number, make: () => Statement): Block {
  return draft.random.chance(probability) ? [make()] : [];
}

function timeout(draft: Draft, scope: Scope): Block {
  const register = draft.local();
  const reference = `$${register}`;
  const body: Block = [
    ...maybe(draft, 0.2, () => reschedule(draft, reference)),
    ...draft.block(nested(scope)),
    ...maybe(draft, 0.2, () => reschedule(draft, reference)),
    ...maybe(draft, 0.2, () => draft.trace(["when", reference], ["expired", reference])),
  ];
  const statement: Statement = ["with", newTimeout(draft), register, body];
  if (draft.random.chance(0.25)) return [statement, draft.trace(["expired", reference])];
  const clauses: Expression[] = [["TimeoutError", null, [draft.trace(["expired", reference])]]];
  if (draft.random.chance(0.25)) {
    const seen = draft.trace(["expired", reference], ["cancelling", ["self"]]);
    clauses.push(["CancelledError", null, [seen, ...maybe(draft, 0.7, () => ["reraise"])]]);
  }
  return [["try", [statement], { except: clauses }]];
}

/** Two deadlines over one body; which of them gets the error depends on which expired first. */
function nestedTimeouts(draft: Draft, scope: Scope): Block {
  const outer = draft.local();
  const inner = draft.local();
  const state = draft.trace(["expired", `$${outer}`], ["expired", `$${inner}`], ["cancelling", ["self"]]);
  const kinds = draft.random.pick(["TimeoutError", "CancelledError|TimeoutError"]);
  const inside: Statement = ["with", newTimeout(draft), inner, draft.block(nested(scope, { depth: 0 }), 2)];
  const middle: Statement = ["try", [inside], { except: [[kinds, null, [state]]] }];
  const around: Statement = ["with", newTimeout(draft), outer, [middle, draft.sleep()]];
  return [["try", [around], { except: [["TimeoutError", null, [state]]] }]];
}

function misuse(draft: Draft): Block {
  const register = draft.local();
  const reference = `$${register}`;
  return [
    ["let", register, ["timeout", draft.duration()]],
    draft.random.pick([["c", draft.event(), ["reschedule", reference, 1]], draft.trace(["when", reference])]),
    ["try", [["with", reference, null, [draft.sleep()]]], { except: [["TimeoutError", null, []]] }],
    ["c", draft.event(), ["reschedule", reference, 9]],
    ["try", [["with", reference, null, [draft.trace()]]], { except: [["RuntimeError", null, [draft.trace()]]] }],
  ];
}

export const timeouts: Region = {
  moves: [nesting(2, timeout), nesting(0.6, nestedTimeouts), suspending(0.1, misuse)],
};
