import type { Block, Expression, Statement } from "../../../format.js";
import type { Draft } from "../draft.js";
import type { Region } from "../region.js";
import { nesting, suspending, when } from "../region.js";
import { functionScope, nested, type Scope } from "../scope.js";

const MOST_GENERATORS = 3;
/** Generators call the deepest workers only. */
const GENERATOR_LEVEL = 3;

/** The name of a generator function, made on demand. */
function generatorName(draft: Draft): string {
  const names = Object.keys(draft.agens);
  if (names.length >= MOST_GENERATORS || (names.length > 0 && draft.random.chance(0.6)))
    return draft.random.pick(names);
  const name = `g${names.length}`;
  // Entered before it is finished: statements inside may need a generator too.
  draft.agens[name] = { b: [["yield", 0]] };
  draft.agens[name] = { p: ["_n"], b: body(draft) };
  return name;
}

function body(draft: Draft): Block {
  const scope = functionScope("agens", GENERATOR_LEVEL, 1);
  const steps: Statement[] = [];
  for (let i = draft.random.int(2, 3); i > 0; i--) {
    steps.push(...yielding(draft, i));
    if (draft.random.chance(0.55)) steps.push(...draft.block(nested(scope, { depth: 0 }), 1));
  }
  if (draft.random.chance(0.2)) steps.push(["raise", "ErrA", "generator"]);
  if (draft.random.chance(0.25)) return steps;
  const final: Statement[] = [draft.trace()];
  if (draft.random.chance(0.55)) final.push(draft.sleep());
  if (draft.random.chance(0.15)) final.push(["raise", "ErrB", "closing"]);
  const caught: Expression[] = [["ErrB", null, [draft.trace(), ["yield", "caught"]]]];
  return [["try", steps, { ...(draft.random.chance(0.4) ? { except: caught } : {}), finally: final }]];
}

function yielding(draft: Draft, value: number): Block {
  if (draft.random.chance(0.5)) return [["yield", value]];
  const register = draft.local();
  return [["let", register, ["yield", value]], draft.trace(`$${register}`)];
}

function iteration(draft: Draft, scope: Scope, generator: string): Block {
  const register = draft.local();
  const inside: Statement[] = [draft.trace(`$${register}`)];
  if (draft.random.chance(0.5)) inside.push(...draft.block(nested(scope, { inLoop: true }), 1));
  if (draft.random.chance(0.4)) inside.push(["if", ["eq", `$${register}`, 1], [["break"]]]);
  return [["afor", register, generator, inside]];
}

function step(draft: Draft, generator: string): Statement {
  return draft.record(
    draft.random.pick<Expression>([
      ["anext", generator],
      ["anext", generator],
      ["asend", generator, null],
      ["asend", generator, draft.value()],
      ["athrow", generator, "ErrB", "thrown"],
      ["athrow", generator, draft.random.pick(["ErrA", "ErrB"])],
      ["aclose", generator],
    ]),
  );
}

const outside = (_: Draft, scope: Scope): boolean => scope.section !== "agens";

export const generators: Region = {
  setup(draft) {
    // Shared: two tasks that advance it at once get an error.
    if (draft.random.chance(0.3)) draft.create("generator", "g", ["agen", generatorName(draft), 1]);
  },
  moves: [
    when(
      outside,
      nesting(1.5, (draft, scope) => {
        const generator = draft.local();
        const close = draft.random.chance(0.5) ? [draft.record(["aclose", `$${generator}`])] : [];
        return [
          ["let", generator, ["agen", generatorName(draft), draft.duration()]],
          ...iteration(draft, scope, `$${generator}`),
          ...close,
        ];
      }),
    ),
    when(
      outside,
      suspending(1.3, (draft) => {
        const generator = draft.local();
        const steps = Array.from({ length: draft.random.int(2, 4) }, () => step(draft, `$${generator}`));
        return [["let", generator, ["agen", generatorName(draft)]], ...steps];
      }),
    ),
    when(
      (draft, scope) => outside(draft, scope) && draft.has("generator"),
      suspending(0.8, (draft) => [step(draft, draft.any("generator"))]),
    ),
    when(
      outside,
      suspending(0.3, (draft) => [draft.record(["shutdown_asyncgens"])]),
    ),
  ],
};
