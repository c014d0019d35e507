import assert from "node:assert/strict";
import { test } from "node:test";
import { coroutine, getRunningLoop } from "../../bindings/index.js";
import { runVirtual } from "../../bindings/testing.js";
import * as lazy from "../../bindings/async/lazy.js";

test("in debug mode a lazy call that nobody awaits is reported, one that is awaited is not", () => {
  const messages: string[] = [];
  const call = lazy.asyncToGenerator(function* forgotten() {
    yield null;
  }) as () => PromiseLike<void>;
  runVirtual(
    coroutine(function* () {
      getRunningLoop().setExceptionHandler((_loop, { message }) => void messages.push(message));
      yield call();
      void call();
    }),
    { debug: true },
  );
  assert.deepEqual(messages, ["coroutine 'forgotten' was never awaited"]);
});
