import type { Statement } from "../../../format.js";
import type { Draft } from "../draft.js";
import type { Region } from "../region.js";
import { nesting, suspending, synchronous, when } from "../region.js";
import { nested } from "../scope.js";

const hasTask = (draft: Draft): boolean => draft.has("task");

export const cancellation: Region = {
  moves: [
    when(
      hasTask,
      synchronous(2, (draft) => {
        const task = draft.any("task");
        return draft.guarded([task], [draft.probe(["cancel", task, ...draft.maybeMessage()])]);
      }),
    ),
    // Twice before the task runs: one error, but cancelling() is 2.
    when(
      hasTask,
      synchronous(0.5, (draft) => {
        const task = draft.any("task");
        return draft.guarded(
          [task],
          [
            draft.probe(["cancel", task, "first"]),
            draft.probe(["cancel", task, ...draft.maybeMessage()]),
            draft.trace(["cancelling", task]),
          ],
        );
      }),
    ),
    when(
      hasTask,
      synchronous(0.5, (draft) => {
        const task = draft.any("task");
        return draft.guarded([task], [draft.probe(["uncancel", task]), draft.trace(["cancelling", task])]);
      }),
    ),
    // Delivered at the next suspension, unless uncancelled before it.
    suspending(0.5, (draft) => {
      const undo: Statement[] = draft.random.chance(0.3) ? [draft.probe(["uncancel", ["self"]])] : [];
      const pause = draft.record(["sleep", draft.random.pick([0, 0, draft.duration()])]);
      return [draft.probe(["cancel", ["self"], ...draft.maybeMessage()]), ...undo, pause];
    }),
    // Swallows a cancellation and carries on, with or without telling the task so.
    nesting(1.5, (draft, scope) => {
      const undo: Statement[] = draft.random.chance(0.5) ? [draft.probe(["uncancel", ["self"]])] : [];
      const handler = [
        draft.trace(["cancelling", ["self"]]),
        ...undo,
        ...draft.block(nested(scope, { depth: 0, inHandler: true }), 1),
      ];
      return [["try", draft.block(nested(scope), 2), { except: [["CancelledError", null, handler]] }]];
    }),
    // Cleanup that needs time, and may be cancelled itself.
    nesting(0.7, (draft, scope) => {
      const cleanup = [draft.trace(), draft.sleep(), draft.trace(["cancelling", ["self"]])];
      return [["try", draft.block(nested(scope), 2), { finally: cleanup }]];
    }),
  ],
};
