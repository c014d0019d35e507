import type { Expression } from "../../../format.js";
import { awaitables } from "../awaitables.js";
import type { Draft } from "../draft.js";
import type { Region } from "../region.js";
import { suspending } from "../region.js";
import type { Scope } from "../scope.js";

interface Gather {
  readonly expression: Expression;
  readonly needs: readonly Expression[];
}

function gather(draft: Draft, scope: Scope): Gather {
  const { list, needs } = awaitables(draft, scope, draft.random.chance(0.06) ? 0 : 1, 3);
  return { expression: ["gather", list, ...options(draft)], needs };
}

function options(draft: Draft): Expression[] {
  return draft.random.chance(0.45) ? [{ re: 1 }] : [];
}

export const gathers: Region = {
  moves: [
    suspending(1.2, (draft, scope) => {
      const { expression, needs } = gather(draft, scope);
      return draft.guarded(needs, [draft.record(["await", expression])]);
    }),
    suspending(0.4, (draft, scope) => {
      const inner = gather(draft, scope);
      const others = awaitables(draft, scope, 1, 2);
      const outer: Expression = ["gather", [inner.expression, ...others.list], ...options(draft)];
      return draft.guarded([...inner.needs, ...others.needs], [draft.record(["await", outer])]);
    }),
    suspending(0.5, (draft, scope) => {
      const { expression, needs } = gather(draft, scope);
      return draft.guarded(needs, [draft.record(["wait_for", expression, draft.patience()])]);
    }),
    // Held in a register: cancelled, asked and awaited at different times.
    suspending(0.9, (draft, scope) => {
      const { expression, needs } = gather(draft, scope);
      const register = draft.local();
      const future = `$${register}`;
      return draft.guarded(needs, [
        ["let", register, expression],
        draft.sleep(),
        ...(draft.random.chance(0.7) ? [draft.probe(["cancel", future, ...draft.maybeMessage()])] : []),
        draft.trace(["done", future], ["cancelled", future]),
        draft.record(["await", future]),
        ...(draft.random.chance(0.3) ? [["ca", draft.event(), ["exception", future]] as const] : []),
      ]);
    }),
  ],
};
