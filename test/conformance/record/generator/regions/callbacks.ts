import type { Block, Expression, Statement } from "../../../format.js";
import type { Draft } from "../draft.js";
import type { Region } from "../region.js";
import { suspending, synchronous, when } from "../region.js";
import { functionScope, nested } from "../scope.js";

const MOST_CALLBACKS = 4;
/** Below every worker: callbacks start no workers, so that none starts itself again through one. */
const CALLBACK_LEVEL = 99;

/**
 * The name of a callback function, made on demand. The definition is entered before its body is
 * made and the name is handed out only afterwards, so a callback refers to earlier ones only.
 */
export function callbackName(draft: Draft): string {
  const names = Object.keys(draft.cbs).filter((name) => name.startsWith("k"));
  if (draft.openCallback || names.length >= MOST_CALLBACKS || (names.length > 0 && draft.random.chance(0.5))) {
    return names.length > 0 ? draft.random.pick(names) : quietCallback(draft);
  }
  draft.openCallback = true;
  const scope = functionScope("cbs", CALLBACK_LEVEL, 0);
  const body: Statement[] = [draft.trace("$_f"), ...draft.block(nested(scope), draft.random.int(0, 2))];
  if (draft.random.chance(0.12)) body.push(["raise", "ErrA", "callback"]);
  draft.openCallback = false;
  const name = `k${Object.keys(draft.cbs).length}`;
  draft.cbs[name] = { p: ["_f"], b: body };
  return name;
}

function quietCallback(draft: Draft): string {
  draft.cbs["k"] ??= { p: ["_f"], b: [draft.trace("$_f")] };
  return "k";
}

/** A chain of handles, one per iteration: places everything else in an iteration. */
export function pulse(draft: Draft, delay: number, length: number): Statement {
  draft.cbs["pulse"] ??= {
    p: ["_left"],
    b: [
      ["trace", "pulse", "$_left"],
      ["if", "$_left", [["call_soon", "pulse", [["sub", "$_left", 1]]]]],
    ],
  };
  return ["call_later", delay, "pulse", [length]];
}

function timer(draft: Draft): Expression {
  const name = callbackName(draft);
  const operands = draft.random.chance(0.4) ? [[draft.value()]] : [];
  if (draft.random.chance(0.7)) return ["call_later", draft.duration(), name, ...operands];
  const deadline = draft.random.chance(0.6) ? ["add", ["time"], draft.duration()] : draft.random.int(0, 5);
  return ["call_at", deadline, name, ...operands];
}

const HANDLES = ["h0", "h1"] as const;

export const callbacks: Region = {
  moves: [
    synchronous(1.2, (draft) => {
      const operands = draft.random.chance(0.4) ? [[draft.value()]] : [];
      return [[draft.random.pick(["call_soon", "call_soon_threadsafe"]), callbackName(draft), ...operands]];
    }),
    synchronous(1.2, (draft) => {
      const register = draft.random.pick(HANDLES);
      const block: Block = [["let", register, timer(draft)]];
      draft.declare("handle", register, true);
      return block;
    }),
    when(
      (draft) => draft.has("handle"),
      synchronous(0.8, (draft) => {
        const handle = draft.any("handle");
        const after = draft.trace(["handle_cancelled", handle], ["handle_when", handle]);
        return draft.guarded([handle], draft.random.chance(0.7) ? [["handle_cancel", handle], after] : [after]);
      }),
    ),
    suspending(0.5, (draft) => {
      const register = draft.local();
      return [
        ["let", register, timer(draft)],
        draft.sleep(),
        ["handle_cancel", `$${register}`],
        draft.trace(["handle_cancelled", `$${register}`]),
      ];
    }),
    when(
      (draft) => draft.has("task"),
      synchronous(0.8, (draft) => {
        const task = draft.any("task");
        const name = callbackName(draft);
        const taken: Statement[] = draft.random.chance(0.3) ? [draft.trace(["remove_cb", task, name])] : [];
        return draft.guarded([task], [["add_cb", task, name], ...taken]);
      }),
    ),
    synchronous(0.5, (draft) => [pulse(draft, draft.duration(), draft.random.int(2, 4))]),
    synchronous(0.15, (draft) => [draft.trace(["is_running"], ["is_closed"], ["time"])]),
    synchronous(0.1, (draft) => [
      ["c", draft.event(), [draft.random.pick(["call_later", "call_at"]), null, callbackName(draft)]],
    ]),
  ],
};
