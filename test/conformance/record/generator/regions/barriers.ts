import { wrapped } from "../awaitables.js";
import type { Region } from "../region.js";
import { nesting, suspending, synchronous } from "../region.js";
import { nested } from "../scope.js";

export const barriers: Region = {
  setup(draft) {
    draft.create("barrier", "w", ["barrier", draft.random.pick([2, 2, 3, 3, 1])]);
  },
  moves: [
    suspending(2, (draft) => [draft.record(["bar_wait", draft.any("barrier")])]),
    nesting(0.8, (draft, scope) => {
      const index = draft.local();
      const inside = draft.random.chance(0.4) ? draft.block(nested(scope), 1) : [];
      return [["with", draft.any("barrier"), index, [draft.trace(`$${index}`), ...inside]]];
    }),
    suspending(0.6, (draft) => [draft.record(["bar_reset", draft.any("barrier")])]),
    suspending(0.4, (draft) => [draft.record(["bar_abort", draft.any("barrier")])]),
    suspending(0.6, (draft) => [
      draft.record(["wait_for", wrapped(draft, ["bar_wait", draft.any("barrier")]), draft.patience()]),
    ]),
    synchronous(0.6, (draft) => {
      const barrier = draft.any("barrier");
      return [draft.trace(["n_waiting", barrier], ["broken", barrier], ["parties", barrier])];
    }),
    synchronous(0.04, (draft) => [draft.probe(["barrier", 0])]),
  ],
};
