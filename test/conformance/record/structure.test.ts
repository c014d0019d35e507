import assert from "node:assert/strict";
import { test } from "node:test";
import type { Block, Program } from "../format.js";
import { structureProblem } from "./structure.js";

const main = (...body: Block): Program => ({ coros: { main: { b: body } } });

test("a plain program has no problem", () => {
  assert.equal(structureProblem(main(["t", "a", ["sleep", 1]])), null);
});

test("reraise needs a handler", () => {
  assert.match(structureProblem(main(["reraise"])) ?? "", /reraise/);
});

test("reraise may stand in a branch of a handler, but not in a try inside it", () => {
  const handled = (body: Block): Program => main(["try", [], { except: [["ErrA", null, body]] }]);
  assert.equal(structureProblem(handled([["if", true, [["reraise"]]]])), null);
  assert.match(structureProblem(handled([["try", [["reraise"]], {}]])) ?? "", /reraise/);
});

test("break needs a loop", () => {
  assert.match(structureProblem(main(["break"])) ?? "", /break/);
  assert.equal(structureProblem(main(["while", true, [["break"]]])), null);
});

test("a generator yields nothing inside with", () => {
  const agens = { g: { b: [["with", ["lock"], null, [["let", "_x", ["yield", 1]]]]] } };
  assert.match(structureProblem({ coros: { main: { b: [] } }, agens }) ?? "", /yield/);
});

test("an unknown operation is a problem", () => {
  assert.notEqual(structureProblem(main(["no_such_operation"])), null);
});

test("a program needs a main coroutine or a driver", () => {
  assert.notEqual(structureProblem({}), null);
  assert.equal(structureProblem({ driver: [] }), null);
});
