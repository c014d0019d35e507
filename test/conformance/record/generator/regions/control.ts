import type { Block, Expression, Statement } from "../../../format.js";
import { coroutine, child } from "../awaitables.js";
import type { Draft } from "../draft.js";
import type { Region } from "../region.js";
import { nesting, suspending, synchronous, when } from "../region.js";
import { nested, type Scope } from "../scope.js";

const KINDS = ["ErrA", "ErrA", "ErrB", "ErrB", "ValueError", "RuntimeError", "TimeoutError", "CancelledError"] as const;

const CLAUSES = [
  "CancelledError",
  "CancelledError",
  "TimeoutError",
  "ErrA",
  "ErrA|ErrB",
  "RuntimeError|ValueError",
  "CancelledError|TimeoutError",
  "ExceptionGroup",
  "Exception",
  "BaseException",
] as const;

function raising(draft: Draft): Statement {
  const kind = draft.random.pick(KINDS);
  return ["raise", kind, ...(kind.startsWith("Err") || kind === "CancelledError" ? draft.maybeMessage() : [])];
}

/** A condition that is neither always true nor always false, where a counter makes one possible. */
function condition(draft: Draft): Expression {
  if (!draft.has("counter")) return ["le", ["time"], draft.random.int(0, 4)];
  return [draft.random.pick(["eq", "ne", "lt", "le", "gt", "ge"]), draft.any("counter"), draft.random.int(0, 3)];
}

function tryStatement(draft: Draft, scope: Scope): Block {
  const body = draft.block(nested(scope));
  const form = draft.random.fraction();
  const clauses = {
    ...(form < 0.8 ? { except: handlers(draft, scope) } : {}),
    ...(form < 0.8 && draft.random.chance(0.2) ? { else: [draft.trace()] } : {}),
    ...(form > 0.6 ? { finally: [draft.trace(), ...cleanup(draft, scope)] } : {}),
  };
  return [["try", body, clauses]];
}

function handlers(draft: Draft, scope: Scope): Expression[] {
  const register = draft.local();
  const first: Block = [
    draft.trace(`$${register}`),
    ...(draft.random.chance(0.55) ? draft.block(nested(scope, { depth: 0, inHandler: true }), 1) : []),
    ...(draft.random.chance(0.25) ? leaving(draft, scope, register) : []),
  ];
  const second: Expression[] = draft.random.chance(0.2) ? [["ErrB", null, [draft.trace()]]] : [];
  return [[draft.random.pick(CLAUSES), register, first], ...second];
}

function leaving(draft: Draft, scope: Scope, register: string): Block {
  const ways: Block[] = [[["reraise"]], [["raise", `$${register}`]], [["raise", "ErrB", "again"]]];
  ways.push(scope.section === "agens" ? [["return"]] : [["return", draft.value()]]);
  return draft.random.pick(ways);
}

function cleanup(draft: Draft, scope: Scope): Block {
  // A yield in here would be ignored GeneratorExit; a loop's break would swallow the error.
  return draft.random.chance(0.6) ? draft.block(nested(scope, { depth: 0, inLoop: false }), 1) : [];
}

function loop(draft: Draft, scope: Scope): Block {
  const inside = nested(scope, { inLoop: true });
  const register = draft.local();
  const count = draft.random.int(2, 3);
  const body = draft.block(inside, draft.random.int(1, 2));
  const forms: (() => Block)[] = [
    () => [["repeat", count, null, body]],
    () => [["repeat", count, register, [draft.trace(`$${register}`), ...body]]],
    () => [
      [
        "for",
        register,
        ["list", ...draft.random.sample([1, 2, 3, "x"], count)],
        [draft.trace(`$${register}`), ...body],
      ],
    ],
    () => [
      ["let", register, 0],
      ["while", ["lt", `$${register}`, count], [["let", register, ["add", `$${register}`, 1]], ...body]],
    ],
  ];
  return draft.random.pick(forms)();
}

export const control: Region = {
  setup(draft) {
    if (draft.random.chance(0.5)) draft.create("counter", "n", 0);
  },
  moves: [
    suspending(3, (draft) => [draft.sleep()]),
    suspending(0.4, (draft) => [draft.record(["sleep", draft.duration(), draft.value()])]),
    suspending(0.5, (draft, scope) => {
      const [, name, ...operands] = coroutine(draft, scope) as readonly Expression[];
      return [draft.record(["call", name as string, ...operands])];
    }),
    synchronous(0.5, (draft) => [draft.trace()]),
    synchronous(0.2, (draft) => [draft.trace(["time"])]),
    when(
      (draft) => draft.has("counter"),
      synchronous(0.5, (draft) => {
        const counter = draft.any("counter");
        return [["let", counter.slice(1), [draft.random.pick(["add", "add", "sub"]), counter, 1]]];
      }),
    ),
    nesting(1.2, tryStatement),
    nesting(0.5, loop),
    nesting(0.4, (draft, scope) => {
      const otherwise = draft.random.chance(0.4) ? [draft.block(nested(scope), 1)] : [];
      return [["if", condition(draft), draft.block(nested(scope, { inHandler: scope.inHandler }), 1), ...otherwise]];
    }),
    suspending(0.45, (draft) => [["if", condition(draft), [raising(draft)]]]),
    suspending(0.2, (draft) => [draft.trace(), raising(draft)]),
    when(
      (_, scope) => scope.inLoop,
      suspending(1.2, (draft) => [["if", condition(draft), [[draft.random.pick(["break", "continue"])]]]]),
    ),
    when(
      (_, scope) => scope.inHandler,
      suspending(1.5, () => [["reraise"]]),
    ),
    // The driver goes on when a run is stopped; in other programs there is nothing more to see.
    when(
      (draft) => draft.profile.shape === "driver",
      synchronous(0.25, () => [["stop"]]),
    ),
    when(
      (draft) => draft.profile.shape === "driver",
      suspending(0.1, (draft) => [["c", draft.event(), [draft.random.pick(["run", "asyncio_run"]), child(draft)]]]),
    ),
    suspending(0.2, (draft, scope) => {
      const result = scope.section === "agens" ? [] : [draft.value()];
      return [["if", condition(draft), [["return", ...result]]]];
    }),
  ],
};
