import assert from "node:assert/strict";
import { test } from "node:test";
import * as root from "../../bindings/index.js";
import { osErrorOf } from "../../bindings/errors/hostError.js";

const classes = new Map<string, unknown>(Object.entries(root));

for (const [code, name] of [
  ["ECONNREFUSED", "ConnectionRefusedError"],
  ["ECONNRESET", "ConnectionResetError"],
  ["ECONNABORTED", "ConnectionAbortedError"],
  ["EPIPE", "BrokenPipeError"],
  ["ENOENT", "FileNotFoundError"],
  ["EEXIST", "FileExistsError"],
  ["EISDIR", "IsADirectoryError"],
  ["ENOTDIR", "NotADirectoryError"],
  ["EACCES", "PermissionError"],
  ["EPERM", "PermissionError"],
  ["EAGAIN", "BlockingIOError"],
  ["EINPROGRESS", "BlockingIOError"],
  ["ECHILD", "ChildProcessError"],
  ["EINTR", "InterruptedError"],
  ["ESRCH", "ProcessLookupError"],
  ["ETIMEDOUT", "TimeoutError"],
  ["EADDRINUSE", "OSError"],
] as const) {
  test(`a host's ${code} becomes ${name}, with its code, errno, syscall and itself as the cause`, () => {
    const host = Object.assign(new Error(`connect ${code}`), { code, errno: -7, syscall: "connect" });
    const error = osErrorOf(host);
    assert.equal(error.constructor, classes.get(name));
    assert.ok(error instanceof root.OSError);
    const { message, errno, syscall, cause } = error;
    assert.deepEqual(
      [error.name, error.code, message, errno, syscall, cause],
      [name, code, host.message, -7, "connect", host],
    );
  });
}

test("the classes stand in Python's order", () => {
  const pipe = new root.BrokenPipeError("x");
  assert.ok(pipe instanceof root.ConnectionError && pipe instanceof root.OSError);
  assert.ok(!(pipe instanceof root.ConnectionResetError));
  assert.equal(pipe.code, "WASYNCIO_BROKEN_PIPE_ERROR");
});

test("an OSError stays what it is; what is no error at all becomes one", () => {
  const own = new root.OSError("mine");
  assert.equal(osErrorOf(own), own);
  assert.equal(osErrorOf("nonsense").message, "nonsense");
  assert.equal(osErrorOf(undefined).code, "WASYNCIO_OS_ERROR");
});
