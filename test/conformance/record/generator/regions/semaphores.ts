import { wrapped } from "../awaitables.js";
import type { Draft } from "../draft.js";
import type { Region } from "../region.js";
import { nesting, suspending, synchronous } from "../region.js";
import { nested } from "../scope.js";

function any(draft: Draft): string {
  return draft.any(draft.has("bounded") && draft.random.chance(0.4) ? "bounded" : "semaphore");
}

export const semaphores: Region = {
  setup(draft) {
    draft.create("semaphore", "s", ["semaphore", draft.random.pick([0, 1, 1, 2])]);
    if (draft.random.chance(0.5)) draft.create("bounded", "b", ["bsemaphore", draft.random.pick([1, 2])]);
  },
  wake: (draft) => draft.probe(["release", any(draft)]),
  moves: [
    nesting(2, (draft, scope) => [["with", any(draft), null, [draft.trace(), ...draft.block(nested(scope))]]]),
    suspending(0.8, (draft) => {
      const semaphore = any(draft);
      return [draft.record(["acquire", semaphore]), draft.sleep(), draft.probe(["release", semaphore])];
    }),
    suspending(0.5, (draft) => [draft.record(["acquire", any(draft)])]),
    suspending(0.5, (draft) => [draft.record(["wait_for", wrapped(draft, ["acquire", any(draft)]), draft.patience()])]),
    synchronous(1, (draft) => [draft.probe(["release", any(draft)])]),
    // Two permits at one instant: the second goes to whoever waits behind the first.
    synchronous(0.3, (draft) => [
      ["release", draft.any("semaphore")],
      ["release", draft.any("semaphore")],
    ]),
    synchronous(0.3, (draft) => [draft.trace(["locked", any(draft)])]),
    synchronous(0.05, (draft) => [draft.probe([draft.random.pick(["semaphore", "bsemaphore"]), -1])]),
  ],
};
