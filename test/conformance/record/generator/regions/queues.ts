import type { Expression } from "../../../format.js";
import { wrapped } from "../awaitables.js";
import type { Draft } from "../draft.js";
import type { Region } from "../region.js";
import { suspending, synchronous } from "../region.js";

interface Choice {
  readonly queue: string;
  readonly item: Expression;
}

/** A queue and an item fit for it: priority queues hold integers or pairs, never both. */
function choose(draft: Draft): Choice {
  const plain = draft.has("queue");
  if (draft.has("priority") && (!plain || draft.random.chance(0.4))) {
    const queue = draft.any("priority");
    const priority = draft.random.int(0, 5);
    return { queue, item: queue === "$pp" ? ["list", priority, draft.random.pick(["x", "y"])] : priority };
  }
  return { queue: draft.any("queue"), item: draft.random.pick<Expression>([0, 1, 2, "x", null]) };
}

export const queues: Region = {
  setup(draft) {
    const size = (): number => draft.random.pick([0, 1, 1, 2]);
    const form = draft.random.fraction();
    if (form < 0.7) draft.create("queue", "q", ["queue", size()]);
    if (form > 0.6 && form < 0.8) draft.create("queue", "q2", ["lifo", size()]);
    if (form > 0.75) draft.create("priority", "p", ["prio", size()]);
    if (form > 0.9) draft.create("priority", "pp", ["prio", size()]);
  },
  wake(draft) {
    const { queue, item } = choose(draft);
    return draft.probe(draft.random.chance(0.6) ? ["put_nowait", queue, item] : ["get_nowait", queue]);
  },
  moves: [
    suspending(1.5, (draft) => {
      const { queue, item } = choose(draft);
      return [draft.record(["put", queue, item])];
    }),
    suspending(2, (draft) => {
      const { queue } = choose(draft);
      const done = draft.random.chance(0.5) ? [["c", draft.event(), ["task_done", queue]] as const] : [];
      return [draft.record(["get", queue]), ...done];
    }),
    synchronous(0.8, (draft) => {
      const { queue, item } = choose(draft);
      return [draft.probe(["put_nowait", queue, item])];
    }),
    synchronous(0.6, (draft) => [draft.probe(["get_nowait", choose(draft).queue])]),
    synchronous(0.3, (draft) => [["c", draft.event(), ["task_done", choose(draft).queue]]]),
    suspending(0.5, (draft) => [draft.record(["join", choose(draft).queue])]),
    synchronous(0.35, (draft) => [["c", draft.event(), ["shutdown", choose(draft).queue, draft.random.chance(0.5)]]]),
    synchronous(0.4, (draft) => {
      const { queue } = choose(draft);
      return [draft.trace(["qsize", queue], ["full", queue], ["empty", queue], ["maxsize", queue])];
    }),
    suspending(0.6, (draft) => {
      const operation = draft.random.pick(["get", "get", "join"]);
      return [draft.record(["wait_for", wrapped(draft, [operation, choose(draft).queue]), draft.patience()])];
    }),
    suspending(0.4, (draft) => {
      const { queue, item } = choose(draft);
      return [["repeat", 2, null, [draft.record(["put", queue, item])]]];
    }),
  ],
};
