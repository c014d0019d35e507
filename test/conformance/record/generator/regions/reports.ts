import type { Region } from "../region.js";
import { synchronous } from "../region.js";

/** Errors that reach the loop's exception handler. */
export const reports: Region = {
  moves: [
    synchronous(0.8, (draft) => [["call_exc_handler", draft.random.pick(["u1", "u2"])]]),
    synchronous(0.6, (draft) => [["set_exc_handler", draft.random.pick(["trace", "raise", "raise", null])]]),
    synchronous(0.15, (draft) => [draft.probe(["set_exc_handler", draft.random.pick([5, "no such handler"])])]),
    synchronous(0.4, (draft) => [draft.trace(["get_exc_handler"])]),
    synchronous(1, (draft) => {
      draft.cbs["fails"] ??= {
        b: [
          ["trace", "fails"],
          ["raise", "ErrB", "callback"],
        ],
      };
      return [
        draft.random.pick([
          ["call_soon", "fails"],
          ["call_later", draft.duration(), "fails"],
          ...(draft.has("future") ? [["add_cb", draft.any("future"), "fails"] as const] : []),
        ]),
      ];
    }),
  ],
};
