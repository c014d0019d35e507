import type { Draft } from "../draft.js";
import type { Region } from "../region.js";
import { suspending, synchronous } from "../region.js";
import { callbackName } from "./callbacks.js";

const KINDS = ["ErrA", "ErrB", "ErrB", "TimeoutError", "CancelledError"] as const;

function setException(draft: Draft, future: string): readonly (string | null)[] {
  const kind = draft.random.pick(KINDS);
  return ["set_exception", future, kind, ...(kind === "TimeoutError" ? [] : draft.maybeMessage())];
}

export const futures: Region = {
  setup(draft) {
    const count = draft.random.int(1, 3);
    for (let i = 0; i < count; i++) draft.create("future", `f${i}`, ["future"]);
  },
  wake: (draft) => draft.probe(["set_result", draft.any("future"), draft.value()]),
  moves: [
    suspending(1.5, (draft) => [draft.record(["await", draft.any("future")])]),
    synchronous(1, (draft) => [draft.probe(["set_result", draft.any("future"), draft.value()])]),
    synchronous(0.7, (draft) => [draft.probe(setException(draft, draft.any("future")))]),
    synchronous(0.7, (draft) => [draft.probe(["cancel", draft.any("future"), ...draft.maybeMessage()])]),
    synchronous(0.4, (draft) => [
      ["ca", draft.event(), [draft.random.pick(["result", "exception"]), draft.any("future")]],
    ]),
    synchronous(0.3, (draft) => {
      const future = draft.any("future");
      return [draft.trace(["done", future], ["cancelled", future], ["label", future])];
    }),
    synchronous(0.9, (draft) => [["add_cb", draft.any("future"), callbackName(draft)]]),
    synchronous(0.3, (draft) => [draft.trace(["remove_cb", draft.any("future"), callbackName(draft)])]),
    // A fresh future in the shared place: later users wait for another one than earlier users do.
    synchronous(0.15, (draft) => [["let", draft.any("future").slice(1), ["future"]]]),
  ],
};
