import { awaitable, coroutine, newTask, taskOptions } from "../awaitables.js";
import type { Draft } from "../draft.js";
import type { Region } from "../region.js";
import { suspending, synchronous, when } from "../region.js";

const hasTask = (draft: Draft): boolean => draft.has("task");

/** Registers for tasks that functions start themselves, and that others may find unset. */
const SPAWNED = ["d0", "d1", "d2"] as const;

export const tasks: Region = {
  moves: [
    synchronous(0.9, (draft, scope) => {
      const register = draft.random.pick(SPAWNED);
      const block = [["let", register, newTask(draft, coroutine(draft, scope))]] as const;
      draft.declare("task", register, true);
      return [...block, ...(draft.random.chance(0.3) ? [draft.trace(`$${register}`, ["done", `$${register}`])] : [])];
    }),
    when(
      hasTask,
      suspending(0.7, (draft) => {
        const task = draft.any("task");
        return draft.guarded([task], [draft.record(["await", task])]);
      }),
    ),
    when(
      hasTask,
      synchronous(0.6, (draft) => {
        const task = draft.any("task");
        return draft.guarded([task], [draft.probe(["cancel", task, ...draft.maybeMessage()])]);
      }),
    ),
    when(
      hasTask,
      synchronous(0.3, (draft) => {
        const task = draft.any("task");
        return draft.guarded([task], [draft.trace(["done", task], ["cancelled", task], ["cancelling", task])]);
      }),
    ),
    when(
      hasTask,
      synchronous(0.25, (draft) => {
        const task = draft.any("task");
        return draft.guarded([task], [["ca", draft.event(), [draft.random.pick(["result", "exception"]), task]]]);
      }),
    ),
    synchronous(0.1, (draft) => [draft.trace(["all_tasks"])]),
    suspending(0.12, (draft, scope) => {
      const { expression, needs } = awaitable(draft, scope);
      const register = draft.local();
      return draft.guarded(needs, [
        ["let", register, ["ensure_future", expression]],
        draft.trace(
          ["isfuture", `$${register}`],
          ["is", `$${register}`, typeof expression === "string" ? expression : null],
        ),
        draft.sleep(),
        draft.record(["await", `$${register}`]),
      ]);
    }),
    suspending(0.08, (draft) => [
      ["set_name", ["self"], draft.random.chance(0.8) ? `n${draft.event()}` : draft.random.int(1, 9)],
      draft.trace(["name", ["self"]]),
    ]),
    when(
      hasTask,
      synchronous(0.06, (draft) => {
        const task = draft.any("task");
        return draft.guarded(
          [task],
          [
            draft.random.pick([
              ["c", draft.event(), ["set_result", task, 1]],
              ["c", draft.event(), ["set_exception", task, "ErrA", "no"]],
              ["set_name", task, `r${draft.event()}`],
            ]),
          ],
        );
      }),
    ),
    synchronous(0.05, (draft) => [["c", draft.event(), ["task", draft.random.pick([5, "x", null])]]]),
    // Awaiting one coroutine object a second time is an error.
    suspending(0.06, (draft, scope) => {
      const register = draft.local();
      return [
        ["let", register, coroutine(draft, scope)],
        draft.record(["await", `$${register}`]),
        draft.record([
          "await",
          draft.random.chance(0.7) ? `$${register}` : ["task", `$${register}`, ...taskOptions(draft, "r")],
        ]),
      ];
    }),
    suspending(0.03, (draft) => [["c", draft.event(), ["await", draft.random.pick([3, null, ["list"]])]]]),
  ],
};
