import type { Expression } from "../../../format.js";
import type { Draft } from "../draft.js";
import type { Region } from "../region.js";
import { nesting, synchronous, when } from "../region.js";

function number(draft: Draft): Expression {
  const source = draft.random.fraction();
  if (source < 0.3 && draft.has("counter")) return draft.any("counter");
  if (source < 0.5) return ["time"];
  if (source < 0.7) return [draft.random.pick(["add", "sub"]), draft.random.int(0, 4), draft.random.int(0, 4)];
  return draft.random.int(0, 4);
}

function truth(draft: Draft): Expression {
  return draft.random.pick<Expression>([
    [draft.random.pick(["eq", "ne", "lt", "le", "gt", "ge"]), number(draft), number(draft)],
    ["not", draft.random.pick<Expression>([0, 1, "", "x", null, ["list"], ["list", 0]])],
    ["is", ["self"], ["self"]],
  ]);
}

const KINDS = [
  "ErrA",
  "ErrB",
  "ValueError",
  "TypeError",
  "InvalidStateError",
  "QueueEmpty",
  "QueueFull",
  "QueueShutDown",
];

export const values: Region = {
  moves: [
    synchronous(1, (draft) => [draft.trace(number(draft), truth(draft))]),
    synchronous(0.8, (draft) => {
      const operator = draft.random.pick(["and", "or"]);
      return [draft.trace([operator, draft.value(), draft.value()], [operator, truth(draft), number(draft)])];
    }),
    synchronous(0.6, (draft) => {
      const register = draft.local();
      const items = draft.random.sample([1, 2, 3, 4, "x"], draft.random.int(1, 4));
      const index = draft.random.int(0, items.length - 1);
      return [
        ["let", register, ["list", ...items]],
        draft.trace(["len", `$${register}`], ["at", `$${register}`, index], `$${register}`),
      ];
    }),
    // The error object caught is the one raised.
    nesting(0.8, (draft) => {
      const made = draft.local();
      const caught = draft.local();
      const kind = draft.random.pick(KINDS);
      const seen = draft.trace(["is", `$${made}`, `$${caught}`], ["kind", `$${caught}`]);
      return [
        ["let", made, ["err", kind, ...(kind.startsWith("Err") ? draft.maybeMessage() : [])]],
        ["try", [["raise", `$${made}`]], { except: [[kind, caught, [seen]]] }],
      ];
    }),
    when(
      (draft) => draft.has("future"),
      synchronous(0.4, (draft) => {
        const futures = ["list", draft.any("future"), ["future"], draft.any("future")];
        return [draft.trace(["sorted", futures], ["label", draft.any("future")], ["isfuture", draft.value()])];
      }),
    ),
  ],
};
