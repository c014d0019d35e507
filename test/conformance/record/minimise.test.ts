import assert from "node:assert/strict";
import { test } from "node:test";
import type { Block, Program } from "../format.js";
import { minimise } from "./minimise.js";

const main = (...body: Block): Program => ({ coros: { main: { b: body } } });
const mentions =
  (...needles: string[]) =>
  (program: Program): Promise<boolean> =>
    Promise.resolve(needles.every((needle) => JSON.stringify(program).includes(needle)));

test("only the statement that matters is left", async () => {
  const body = Array.from({ length: 40 }, (_, index) => ["trace", `id${index}`] as const);
  assert.deepEqual(await minimise(main(...body), mentions('"id23"')), main(["trace", "id23"]));
});

test("statements that matter together are both kept", async () => {
  const body = Array.from({ length: 10 }, (_, index) => ["trace", `id${index}`] as const);
  const small = await minimise(main(...body), mentions('"id2"', '"id8"'));
  assert.deepEqual(small, main(["trace", "id2"], ["trace", "id8"]));
});

test("compound statements around what matters are taken away", async () => {
  const inner: Block = [["try", [["with", ["lock"], null, [["trace", "needle"]]]], { finally: [["trace", "x"]] }]];
  const program = main(["repeat", 2, null, [["if", true, inner, [["trace", "y"]]]]]);
  assert.deepEqual(await minimise(program, mentions("needle")), main(["trace", "needle"]));
});

test("clauses of a try that has to stay are taken off", async () => {
  const clauses = { except: [["ErrA", null, [["trace", "x"]]]], finally: [["trace", "needle"]] };
  const small = await minimise(main(["try", [["trace", "y"]], clauses]), mentions("needle", '"try"'));
  assert.deepEqual(small, main(["try", [], { finally: [["trace", "needle"]] }]));
});

test("options that do not matter are taken off", async () => {
  const program = main(["trace", "a", ["task", ["coro", "main"], { name: "A" }]]);
  const small = await minimise(program, mentions('"task"'));
  assert.deepEqual(small, main(["trace", "a", ["task", ["coro", "main"]]]));
});

test("functions that are no longer named disappear, as do driver and eager", async () => {
  const program: Program = {
    coros: {
      main: {
        b: [
          ["trace", "needle"],
          ["call", "w"],
        ],
      },
      w: { b: [["trace", "x"]] },
    },
    driver: [["run", ["coro", "main"]]],
    eager: true,
  };
  assert.deepEqual(await minimise(program, mentions("needle")), main(["trace", "needle"]));
});

test("no candidate leaves the format", async () => {
  const handler: Block = [["trace", "needle"], ["reraise"]];
  const program = main(["try", [["raise", "ErrA"]], { except: [["ErrA", null, handler]] }]);
  const small = await minimise(program, mentions("reraise"));
  assert.deepEqual(small, main(["try", [], { except: [["ErrA", null, [["reraise"]]]] }]));
});
