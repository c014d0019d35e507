import assert from "node:assert/strict";
import { test } from "node:test";
import { OSError, TimeoutError } from "../../bindings/index.js";

test("an OSError has a code of its own, or its host's", () => {
  assert.equal(new OSError("refused").code, "WASYNCIO_OS_ERROR");
  const cause = new Error("of the host");
  const error = new OSError("refused", { code: "ECONNREFUSED", cause });
  assert.equal(error.code, "ECONNREFUSED");
  assert.equal(error.cause, cause);
  assert.equal(error.name, "OSError");
});

test("a TimeoutError is an OSError, and not the other way round", () => {
  const error = new TimeoutError("too late");
  assert.ok(error instanceof OSError && error instanceof Error);
  assert.equal(new OSError("refused") instanceof TimeoutError, false);
  assert.equal(error.name, "TimeoutError");
  assert.equal(error.code, "WASYNCIO_TIMEOUT_ERROR");
  assert.equal(new TimeoutError("too late", { code: "ETIMEDOUT" }).code, "ETIMEDOUT");
});
