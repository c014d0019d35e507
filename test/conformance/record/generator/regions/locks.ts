import { wrapped } from "../awaitables.js";
import type { Region } from "../region.js";
import { nesting, suspending, synchronous } from "../region.js";
import { nested } from "../scope.js";

export const locks: Region = {
  setup(draft) {
    const count = draft.random.pick([1, 1, 2]);
    for (let i = 0; i < count; i++) draft.create("lock", `l${i}`, ["lock"]);
  },
  wake: (draft) => draft.probe(["release", draft.any("lock")]),
  moves: [
    nesting(2, (draft, scope) => [["with", draft.any("lock"), null, [draft.trace(), ...draft.block(nested(scope))]]]),
    suspending(1, (draft) => {
      const lock = draft.any("lock");
      return [draft.record(["acquire", lock]), draft.sleep(), draft.probe(["release", lock])];
    }),
    suspending(0.4, (draft) => [draft.record(["acquire", draft.any("lock")])]),
    suspending(0.5, (draft) => [
      draft.record(["wait_for", wrapped(draft, ["acquire", draft.any("lock")]), draft.patience()]),
    ]),
    synchronous(0.6, (draft) => [draft.probe(["release", draft.any("lock")])]),
    synchronous(0.3, (draft) => [draft.trace(["locked", draft.any("lock")])]),
  ],
};
