import type { Block } from "../../../format.js";
import { coroutine } from "../awaitables.js";
import type { Region } from "../region.js";
import { synchronous } from "../region.js";

/** Eager starts and task factories. */
export const factories: Region = {
  moves: [
    synchronous(2, (draft, scope) => {
      const register = draft.local();
      const options = { name: `e${draft.event()}`, eager_start: draft.random.chance(0.85) };
      const block: Block = [["let", register, ["task", coroutine(draft, scope), options]]];
      return [...block, draft.trace(["done", `$${register}`], ["self"])];
    }),
    synchronous(0.8, (draft) => [
      ["set_task_factory", draft.random.pick(["eager", "eager", "traced", "eager_traced", "eager_traced", null])],
    ]),
    synchronous(0.3, (draft) => [draft.trace(["get_task_factory"])]),
    synchronous(0.1, (draft) => [draft.probe(["set_task_factory", draft.random.pick([5, "no such factory"])])]),
    synchronous(0.3, (draft) => [draft.trace(["all_tasks"])]),
  ],
};
