import type { Block, Expression, Statement } from "../../../format.js";
import { coroutine, child } from "../awaitables.js";
import type { Draft } from "../draft.js";
import type { Region } from "../region.js";
import { nesting, suspending, synchronous } from "../region.js";

const VARIABLES = ["v1", "v2"] as const;

function read(draft: Draft): Statement {
  return draft.trace(...VARIABLES.map((variable): Expression => ["ctx_get", variable]));
}

/** A callback that shows what it finds in its context, then leaves a mark there. */
function marker(draft: Draft, variable: string): string {
  const name = `mark_${variable}`;
  const found: Expression = ["ctx_get", variable];
  draft.cbs[name] ??= {
    p: ["_x"],
    b: [
      ["trace", name, found],
      ["ctx_set", variable, "marked"],
    ],
  };
  return name;
}

function inCopy(draft: Draft, variable: string): Block {
  const register = draft.local();
  const context = `$${register}`;
  const name = marker(draft, variable);
  const options = { ctx: context };
  const uses: (() => Statement)[] = [
    () => ["call_soon", name, [], options],
    () => ["call_soon_threadsafe", name, [], options],
    () => ["call_later", draft.duration(), name, [], options],
    () => ["call_at", ["add", ["time"], draft.duration()], name, [], options],
    () => ["ctx_run", context, name],
    () => draft.probe(["ctx_run", context, name, [1]]),
    () => ["task", child(draft), { name: `c${draft.event()}`, ctx: context }],
    ...(draft.has("future") ? [(): Statement => ["add_cb", draft.any("future"), name, options]] : []),
  ];
  const chosen = draft.random.sample(uses, draft.random.int(1, 3)).map((use) => use());
  return [["let", register, ["ctx_copy"]], ["ctx_set", variable, draft.random.int(5, 9)], ...chosen, read(draft)];
}

/** Resetting with a token: in the right place, twice, for the wrong variable or in another context. */
function token(draft: Draft, variable: string): Block {
  const register = draft.local();
  const reset: Expression = ["ctx_reset", draft.random.chance(0.85) ? variable : "v1", `$${register}`];
  return [
    ["let", register, ["ctx_set", variable, "inside"]],
    read(draft),
    draft.sleep(),
    draft.probe(reset),
    ...(draft.random.chance(0.3) ? [draft.probe(reset)] : []),
    read(draft),
  ];
}

export const contexts: Region = {
  moves: [
    synchronous(1, (draft) => [["ctx_set", draft.random.pick(VARIABLES), draft.random.int(0, 9)], read(draft)]),
    synchronous(1, (draft) => [read(draft)]),
    suspending(0.8, (draft) => token(draft, draft.random.pick(VARIABLES))),
    synchronous(1.2, (draft) => inCopy(draft, draft.random.pick(VARIABLES))),
    synchronous(0.5, (draft) => [["call_soon", marker(draft, draft.random.pick(VARIABLES))]]),
    // A token that another task uses: wrong context.
    synchronous(0.2, () => [["let", "token", ["ctx_set", "v1", "shared"]]]),
    synchronous(0.3, (draft) => [["if", ["ne", "$token", null], [draft.probe(["ctx_reset", "v1", "$token"])]]]),
    nesting(0.6, (draft, scope) => {
      const register = draft.local();
      const options = { name: `x${draft.event()}`, ctx: `$${register}` };
      return [
        ["let", register, ["ctx_copy"]],
        ["task", coroutine(draft, scope), options],
        ...(draft.random.chance(0.4) ? [["task", coroutine(draft, scope), { ctx: `$${register}` }] as const] : []),
        draft.sleep(),
        read(draft),
      ];
    }),
    nesting(0.3, (draft, scope) => {
      const register = draft.local();
      const options = { ctx: ["ctx_copy"], name: `y${draft.event()}` };
      return [
        ["with", ["taskgroup"], register, [["tg_task", `$${register}`, coroutine(draft, scope), options]]],
        read(draft),
      ];
    }),
  ],
};
