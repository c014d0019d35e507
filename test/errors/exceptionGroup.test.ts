import assert from "node:assert/strict";
import { test } from "node:test";
import { ExceptionGroup, RuntimeError, ValueError } from "../../bindings/index.js";

const range = new RangeError("r");
const type = new TypeError("t");
const plain = new Error("p");

test("the message tells how many errors the group has", () => {
  assert.equal(new ExceptionGroup("it failed", [plain]).message, "it failed (1 sub-exception)");
  assert.equal(new ExceptionGroup("it failed", [plain, type]).message, "it failed (2 sub-exceptions)");
});

test("a group is an AggregateError with a name and a code", () => {
  const group = new ExceptionGroup("it failed", new Set([plain, type]), { cause: range });
  assert.ok(group instanceof AggregateError);
  assert.deepEqual(group.errors, [plain, type]);
  assert.equal(group.cause, range);
  assert.equal(group.name, "ExceptionGroup");
  assert.equal((group as { code?: unknown }).code, "WASYNCIO_EXCEPTION_GROUP");
  assert.equal(String(group), "ExceptionGroup: it failed (2 sub-exceptions)");
});

test("split parts a group by class and keeps its message and nesting", () => {
  const group = new ExceptionGroup("outer", [range, new ExceptionGroup("inner", [type, plain])]);
  const [types, rest] = group.split(TypeError);
  assert.equal(types!.message, "outer (1 sub-exception)");
  const inner = types!.errors[0] as ExceptionGroup;
  assert.equal(inner.message, "inner (1 sub-exception)");
  assert.deepEqual(inner.errors, [type]);
  assert.equal(rest!.errors[0], range);
  assert.deepEqual((rest!.errors[1] as ExceptionGroup).errors, [plain]);
});

test("split takes several classes or a predicate", () => {
  const group = new ExceptionGroup("it failed", [range, type, plain]);
  assert.deepEqual(group.split([RangeError, TypeError])[0]!.errors, [range, type]);
  assert.deepEqual(group.split((error) => error === plain)[1]!.errors, [range, type]);
});

test("split gives null for a side that is empty, and the group itself where it matches as a whole", () => {
  const group = new ExceptionGroup("it failed", [type, new ExceptionGroup("inner", [type])]);
  assert.deepEqual(group.split(RuntimeError), [null, group.split(RuntimeError)[1]]);
  assert.deepEqual(group.split(ExceptionGroup), [group, null]);
  assert.equal(group.split(TypeError)[1], null);
  const everything = group.split(Error);
  assert.equal(everything[0], group);
});

test("subgroup gives what matches, or null", () => {
  const group = new ExceptionGroup("it failed", [range, type]);
  assert.deepEqual(group.subgroup(TypeError)!.errors, [type]);
  assert.equal(group.subgroup(RuntimeError), null);
});

test("what is parted keeps the group's cause and stack", () => {
  const group = new ExceptionGroup("it failed", [range, type], { cause: plain });
  const part = group.subgroup(TypeError)!;
  assert.equal(part.cause, plain);
  assert.equal(part.stack, group.stack);
});

test("derive makes a group with the same message, and a subclass decides of which class", () => {
  class Failures extends ExceptionGroup {
    override derive(errors: Iterable<unknown>): Failures {
      return new Failures("failures", errors);
    }
  }
  assert.equal(new ExceptionGroup("it failed", [range]).derive([type, plain]).message, "it failed (2 sub-exceptions)");
  const part = new Failures("failures", [range, type]).subgroup(RangeError);
  assert.ok(part instanceof Failures);
});

test("anything that was thrown can stand in a group", () => {
  const group = new ExceptionGroup("it failed", ["text", undefined, plain]);
  assert.deepEqual(group.subgroup((error) => error === undefined)!.errors, [undefined]);
});

test("a group without errors, or with its arguments in AggregateError's order, is refused", () => {
  const make = ExceptionGroup as unknown as new (...args: unknown[]) => ExceptionGroup;
  assert.throws(() => new make("it failed", []), ValueError);
  assert.throws(
    () => new make([plain], "it failed"),
    /expects a message and then its errors, got an object of class Array/,
  );
  assert.throws(() => new make("it failed", plain), /iterable of errors, got an object of class Error/);
  assert.throws(() => new ExceptionGroup("it failed", [plain]).split(3 as never), /predicate, got 3/);
});
