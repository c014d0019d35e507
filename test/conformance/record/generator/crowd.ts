import type { Block, Statement } from "../../format.js";
import type { Draft } from "./draft.js";
import { functionScope } from "./scope.js";
import { declareTasks, defineWorkers, epilogue, pulses, startTasks } from "./workers.js";

/** Only what needs no suspension fits a callback, so this scope picks exactly those moves. */
const AT_ONCE = functionScope("cbs", 0, 0);
const CONDUCTOR = functionScope("coros", 0, 1);

/** Several interferences at one instant: this is where wake-ups and cancellations collide. */
function burst(draft: Draft): Block {
  const body: Statement[] = [];
  for (let count = draft.random.int(1, 3); count > 0; count--) {
    const act = draft.random.weighted([
      { weight: 3, make: () => draft.block(AT_ONCE, 1) },
      { weight: 2, make: () => cancelOne(draft) },
      { weight: 4, make: () => collision(draft) },
      { weight: 2, make: () => draft.block(CONDUCTOR, 1) },
    ]);
    body.push(...act.make());
  }
  return body;
}

function cancelOne(draft: Draft, task = draft.any("task")): Block {
  return draft.guarded([task], [draft.probe(["cancel", task, ...draft.maybeMessage()])]);
}

/** A wake-up and a cancellation before the task can run: whoever is next must not miss its turn. */
function collision(draft: Draft): Block {
  // The tasks started first are the ones at the head of the line.
  const first = draft.random.pick(["$t0", "$t0", "$t1", "$t2"]);
  const [wake, cancel] = [draft.wake(), cancelOne(draft, first)];
  const orders = [
    [...wake, ...cancel],
    [...wake, ...cancel, ...draft.wake()],
    [...cancel, ...wake],
  ];
  return draft.random.pick(orders);
}

/** Waits for the main subject first, so that the tasks queue up there. */
function defineMember(draft: Draft): void {
  const scope = functionScope("coros", 1, 1);
  const rest = draft.random.chance(0.6) ? draft.block(scope, draft.random.int(1, 2)) : [draft.trace()];
  draft.coros["member"] = { p: ["_n"], b: [...draft.focused(scope), ...rest] };
  draft.workers.set("member", 1);
}

/** Many tasks of one or two short coroutines on one primitive, and a main coroutine that interferes. */
export function crowdMain(draft: Draft): Block {
  draft.budget = draft.random.int(16, 36);
  const registers = declareTasks(draft, draft.random.int(3, 5));
  const plain = draft.random.int(0, 2);
  defineWorkers(draft, plain);
  if (plain === 0 || draft.random.chance(0.6)) defineMember(draft);
  const body: Statement[] = [
    ["set_name", ["self"], "m"],
    ...draft.setup,
    ...pulses(draft),
    ...startTasks(draft, registers),
  ];
  for (let count = draft.random.int(2, 5); count > 0; count--) {
    if (draft.random.chance(0.75)) body.push(["t", draft.event(), ["sleep", draft.random.pick([0, 0, 1, 1, 2])]]);
    body.push(...burst(draft));
  }
  return [...body, ...epilogue(draft, registers)];
}
