// Debug mode watches; it changes nothing. The recorded programs leave the same traces on loops in debug mode.
import assert from "node:assert/strict";
import { test } from "node:test";
import * as library from "../../bindings/index.js";
import { CORPUS_FILES, readEntries } from "../conformance/corpus.js";
import { describeFailure } from "../conformance/report.js";
import { runEntry } from "../conformance/runEntry.js";
import type { Library } from "../conformance/runtime/library.js";

/** One program of so many: the whole corpus is run without debug mode. */
const EVERY = 5;
const SHOWN = 3;

/** A program counts the reports of its loop; that a coroutine was never awaited is none of asyncio's. */
class DebugLoop extends library.EventLoop {
  constructor(options: library.EventLoopOptions) {
    super({ ...options, debug: true });
  }

  override callExceptionHandler(context: library.ExceptionContext): void {
    if (!context.message.endsWith("was never awaited")) super.callExceptionHandler(context);
  }
}

const debugLibrary = { ...library, EventLoop: DebugLoop } as unknown as Library;

test("the recorded programs leave the traces that CPython left on loops in debug mode", async () => {
  const failures: string[] = [];
  for (const [i, entry] of CORPUS_FILES.flatMap(readEntries).entries()) {
    if (i % EVERY !== 0) continue;
    const outcome = await runEntry(entry, debugLibrary);
    if (outcome.status === "failed") failures.push(describeFailure(entry, outcome));
  }
  assert.equal(failures.length, 0, [`${failures.length} failed`, ...failures.slice(0, SHOWN)].join("\n"));
});
