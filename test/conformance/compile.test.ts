import assert from "node:assert/strict";
import { test } from "node:test";
import { compileProgram } from "./compile/program.js";
import { CORPUS_FILES, readEntries } from "./corpus.js";
import type { Block, Program } from "./format.js";
import * as python from "./runtime/python.js";

const main = (b: Block): Program => ({ coros: { main: { b } } });

test("every program of the corpus compiles to a function the engine accepts", () => {
  for (const { name, program } of CORPUS_FILES.flatMap(readEntries)) {
    assert.doesNotThrow(() => new Function("library", "runtime", compileProgram(program).source), name);
  }
});

test("an operation that suspends is refused in a callback", () => {
  const program: Program = { ...main([]), cbs: { k: { b: [["sleep", 1]] } } };
  assert.throws(() => compileProgram(program), /'sleep' suspends/);
});

test("the predicate of a condition may not suspend", () => {
  assert.throws(() => compileProgram(main([["cond_wait_for", "$c", ["sleep", 0]]])), /'sleep' suspends/);
});

test("an unknown error kind is refused", () => {
  assert.throws(() => compileProgram(main([["raise", "ErrC"]])), /unknown error kind 'ErrC'/);
  assert.throws(() => compileProgram(main([["try", [], { except: [["ErrA|Oops", null, []]] }]])), /'Oops'/);
});

test("a name that the program does not define is refused", () => {
  assert.throws(() => compileProgram(main([["call", "missing"]])), /unknown name "missing" in coros/);
  assert.throws(() => compileProgram(main([["call_soon", "toString"]])), /unknown name "toString" in cbs/);
});

test("a jump outside a loop and a reraise outside a handler are refused", () => {
  assert.throws(() => compileProgram(main([["break"]])), /'break' outside a loop/);
  assert.throws(() => compileProgram(main([["with", ["lock"], null, [["continue"]]]])), /'continue' outside a loop/);
  assert.throws(() => compileProgram(main([["reraise"]])), /'reraise' outside a handler/);
});

test("too many operands are refused", () => {
  assert.throws(() => compileProgram(main([["qsize", "$q", 1]])), /wrong number of operands/);
});

test("values are equal, true and ordered as in Python", () => {
  assert.equal(python.equal([1, ["a"]], [true, ["a"]]), true);
  assert.equal(python.equal(undefined, null), true);
  assert.equal(python.identical(1, true), false);
  assert.equal(python.truthy([]), false);
  assert.ok(python.order([1, "a"], [1, "b"]) < 0);
  assert.ok(python.order([1], [1, "b"]) < 0);
  assert.throws(() => python.order(null, 1), TypeError);
  assert.throws(() => python.add("a", 1), TypeError);
  assert.equal(python.at([1, 2], -1), 2);
});
