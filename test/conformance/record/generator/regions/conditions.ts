import type { Block, Expression, Statement } from "../../../format.js";
import type { Draft } from "../draft.js";
import type { Region } from "../region.js";
import { nesting, suspending, synchronous } from "../region.js";
import { nested, type Scope } from "../scope.js";

function notify(draft: Draft, condition: string): Expression {
  return draft.random.pick<Expression>([
    ["notify", condition],
    ["notify", condition],
    ["notify", condition, 2],
    ["notify_all", condition],
  ]);
}

function waiting(draft: Draft, scope: Scope): Block {
  const condition = draft.any("condition");
  const enough: Expression = ["ge", draft.any("counter"), draft.random.int(1, 2)];
  const wait: Expression = draft.random.chance(0.55) ? ["cond_wait", condition] : ["cond_wait_for", condition, enough];
  const body: Statement[] = [draft.record(wait)];
  if (draft.random.chance(0.4)) body.push(draft.trace(["locked", condition]));
  if (draft.random.chance(0.3)) body.push(...draft.block(nested(scope), 1));
  return [["with", condition, null, body]];
}

/** A waiter that notes its cancellation: it holds the lock again by then. */
function cancellableWait(draft: Draft): Block {
  const condition = draft.any("condition");
  const handler: Statement[] = [draft.trace(["locked", condition])];
  if (draft.random.chance(0.5)) handler.push(["reraise"]);
  const wait: Statement = [
    "try",
    [["t", draft.event(), ["cond_wait", condition]]],
    { except: [["CancelledError", null, handler]] },
  ];
  return [["with", condition, null, [wait, ...(draft.random.chance(0.4) ? [draft.sleep()] : [])]]];
}

function notifying(draft: Draft): Block {
  const condition = draft.any("condition");
  const counter = draft.any("counter");
  const body: Statement[] = [];
  if (draft.random.chance(0.7)) body.push(["let", counter.slice(1), ["add", counter, 1]]);
  body.push(["c", draft.event(), notify(draft, condition)]);
  if (draft.random.chance(0.2)) body.push(["c", draft.event(), notify(draft, condition)]);
  if (draft.random.chance(0.35)) body.push(draft.sleep());
  return [["with", condition, null, body]];
}

/** Notified and cancelled at one instant, in either order: the notification must not be lost. */
function collision(draft: Draft): Block {
  const condition = draft.any("condition");
  const task = draft.any("task");
  const notification: Statement = ["c", draft.event(), notify(draft, condition)];
  const cancel = draft.guarded([task], [draft.probe(["cancel", task])]);
  return [["with", condition, null, draft.random.chance(0.5) ? [notification, ...cancel] : [...cancel, notification]]];
}

export const conditions: Region = {
  setup(draft) {
    if (!draft.has("counter")) draft.create("counter", "n", 0);
    const shared = draft.has("lock") && draft.random.chance(0.4);
    draft.create("condition", "c", shared ? ["condition", draft.any("lock")] : ["condition"]);
  },
  wake: (draft) => notifying(draft)[0] as Statement,
  moves: [
    nesting(2, waiting),
    suspending(0.7, (draft) => cancellableWait(draft)),
    suspending(2, (draft) => notifying(draft)),
    suspending(0.6, (draft) => (draft.has("task") ? collision(draft) : notifying(draft))),
    // Without the lock.
    synchronous(0.2, (draft) => [["c", draft.event(), notify(draft, draft.any("condition"))]]),
    suspending(0.1, (draft) => [draft.probe(["cond_wait", draft.any("condition")])]),
    suspending(0.25, (draft) => {
      const condition = draft.any("condition");
      return [draft.record(["acquire", condition]), draft.sleep(), draft.probe(["release", condition])];
    }),
    synchronous(0.3, (draft) => [draft.trace(["locked", draft.any("condition")])]),
  ],
};
