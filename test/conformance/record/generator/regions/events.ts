import { wrapped } from "../awaitables.js";
import type { Region } from "../region.js";
import { suspending, synchronous } from "../region.js";

export const events: Region = {
  setup(draft) {
    const count = draft.random.int(1, 2);
    for (let i = 0; i < count; i++) draft.create("event", `e${i}`, ["event"]);
  },
  wake: (draft) => ["ev_set", draft.any("event")],
  moves: [
    suspending(2, (draft) => [draft.record(["ev_wait", draft.any("event")])]),
    suspending(0.5, (draft) => [
      draft.record(["wait_for", wrapped(draft, ["ev_wait", draft.any("event")]), draft.patience()]),
    ]),
    synchronous(1.2, (draft) => [["ev_set", draft.any("event")]]),
    synchronous(0.5, (draft) => [["ev_clear", draft.any("event")]]),
    // Woken all the same, though the event is clear again when they run.
    synchronous(0.4, (draft) => {
      const event = draft.any("event");
      return [
        ["ev_set", event],
        ["ev_clear", event],
      ];
    }),
    synchronous(0.3, (draft) => [draft.trace(["ev_is_set", draft.any("event")])]),
  ],
};
