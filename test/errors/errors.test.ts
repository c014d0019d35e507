import assert from "node:assert/strict";
import { test } from "node:test";
import * as library from "../../bindings/index.js";
import { isCancelled, CancelledError } from "../../bindings/index.js";

type ErrorClass = new (message?: string) => Error;

const SIMPLE: Record<string, ErrorClass> = {
  InvalidStateError: library.InvalidStateError,
  RuntimeError: library.RuntimeError,
  ValueError: library.ValueError,
  LookupError: library.LookupError,
  DeadlockError: library.DeadlockError,
};

for (const [name, errorClass] of Object.entries(SIMPLE)) {
  test(`${name} has its name, a code, a stack and its message`, () => {
    const error = new errorClass("what happened");
    assert.ok(error instanceof errorClass && error instanceof Error);
    assert.equal(error.name, name);
    assert.equal(
      (error as { code?: string }).code,
      `WASYNCIO_${name.replace(/(?<=[a-z])(?=[A-Z])/g, "_").toUpperCase()}`,
    );
    assert.equal(String(error), `${name}: what happened`);
    assert.match(error.stack ?? "", /errors\.test/);
    assert.deepEqual(Object.keys(error), []);
  });
}

test("an error of one class is no instance of another", () => {
  assert.equal(new library.RuntimeError("") instanceof library.ValueError, false);
  assert.equal(new Error("") instanceof library.RuntimeError, false);
  for (const other of [null, undefined, 5, "text", {}])
    assert.equal((other as unknown) instanceof CancelledError, false);
});

test("a subclass of one of our errors is told from its parent", () => {
  class Special extends library.RuntimeError {}
  assert.ok(new Special("") instanceof library.RuntimeError);
  assert.ok(new Special("") instanceof Special);
  assert.equal(new library.RuntimeError("") instanceof Special, false);
});

test("instanceof holds for errors of another copy of the package", async () => {
  const copy = (await import("../../bindings/errors/errors.js?copy" as string)) as typeof library;
  const cancelled = (await import("../../bindings/errors/cancelledError.js?copy" as string)) as typeof library;
  assert.notEqual(copy.RuntimeError, library.RuntimeError);
  assert.ok(new copy.RuntimeError("") instanceof library.RuntimeError);
  assert.ok(new cancelled.CancelledError() instanceof CancelledError);
  assert.ok(isCancelled(new cancelled.CancelledError()));
});

test("an InternalError asks for a report", () => {
  const error = new library.InternalError("the loop lost count");
  assert.equal(
    error.message,
    "the loop lost count. This is a bug in wasyncio: please report it with this message and the stack.",
  );
});

test("a CancelledError keeps what cancel was given, and its message is text", () => {
  const cases: [args: unknown[], msg: unknown, message: string][] = [
    [[], undefined, ""],
    [[""], "", ""],
    [["enough"], "enough", "enough"],
    [[5], 5, "5"],
    [[null], null, ""],
  ];
  for (const [args, msg, message] of cases) {
    const error = new CancelledError(...args);
    assert.equal(error.msg, msg);
    assert.equal(error.message, message);
    assert.ok(isCancelled(error) && error instanceof Error);
    assert.equal(error.name, "CancelledError");
    assert.equal(error.code, "WASYNCIO_CANCELLED_ERROR");
  }
  assert.equal(String(new CancelledError()), "CancelledError");
  assert.equal(String(new CancelledError("enough")), "CancelledError: enough");
});

test("isCancelled knows CancelledErrors only", () => {
  for (const other of [new Error("CancelledError"), new DOMException("", "AbortError"), null, undefined, "cancelled"]) {
    assert.equal(isCancelled(other), false);
  }
});
