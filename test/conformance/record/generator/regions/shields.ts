import { awaitable } from "../awaitables.js";
import type { Region } from "../region.js";
import { suspending } from "../region.js";

export const shields: Region = {
  moves: [
    suspending(1, (draft, scope) => {
      const { expression, needs } = awaitable(draft, scope);
      return draft.guarded(needs, [draft.record(["await", ["shield", expression]])]);
    }),
    suspending(0.8, (draft, scope) => {
      const { expression, needs } = awaitable(draft, scope);
      return draft.guarded(needs, [draft.record(["wait_for", ["shield", expression], draft.patience()])]);
    }),
    // The outer future is cancelled; a later error of the inner one is reported to the loop.
    suspending(1, (draft, scope) => {
      const { expression, needs } = awaitable(draft, scope);
      const register = draft.local();
      const outer = `$${register}`;
      return draft.guarded(needs, [
        ["let", register, ["shield", expression]],
        draft.sleep(),
        draft.probe(["cancel", outer, ...draft.maybeMessage()]),
        draft.trace(["done", outer], ["cancelled", outer], outer),
        draft.record(["await", outer]),
      ]);
    }),
  ],
};
