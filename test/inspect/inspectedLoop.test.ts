import assert from "node:assert/strict";
import { test } from "node:test";
import * as library from "../../bindings/index.js";
import {
  createTask,
  EventLoop,
  gather,
  getRunningLoop,
  newEventLoop,
  run,
  setEventLoopPolicy,
  sleep,
  type Host,
} from "../../bindings/index.js";
import { coreReport, inspectedLoop } from "../../bindings/inspect.js";
import { askInspector } from "../../bindings/inspect/inspectedLoop.js";
import { VirtualHost } from "../../bindings/testing.js";
import { CORPUS_FILES, readEntries } from "../conformance/corpus.js";
import { runEntry } from "../conformance/runEntry.js";
import { describeFailure } from "../conformance/report.js";
import type { Library } from "../conformance/runtime/library.js";
import { assertClean } from "../support/onLoop.js";

test("it is a loopFactory as it is", async () => {
  const report = await run(() => coreReport(getRunningLoop()), { loopFactory: inspectedLoop });
  assert.equal(report.isInspected, true);
});

test("it takes the options of an EventLoop", () => {
  const host = new VirtualHost();
  host.advance(123);
  assert.equal(inspectedLoop({ host }).time(), 123);
});

test("a policy puts it under unchanged programs", () => {
  setEventLoopPolicy({ newEventLoop: () => inspectedLoop() });
  const loop = newEventLoop();
  setEventLoopPolicy(null);
  assert.equal(coreReport(loop).isInspected, true);
});

test("loops that are made otherwise stay on their own core", () => {
  inspectedLoop();
  assert.equal(coreReport(new EventLoop()).isInspected, false);
});

test("a loop that could not be made leaves its core to nobody", () => {
  assert.throws(() => inspectedLoop({ timeSlice: NaN }), TypeError);
  assert.equal("counterNames" in new EventLoop()._core.exports, false);
});

test("each inspected loop has a core of its own", () => {
  const [first, second] = [inspectedLoop(), inspectedLoop()];
  first.callSoon(() => {});
  assert.equal(coreReport(first).ready.length, 1);
  assert.equal(coreReport(second).ready.length, 0);
});

test("it runs programs whose tasks come and go by the thousand", async () => {
  const loop = inspectedLoop({ host: new VirtualHost() });
  const sum = await run(
    function* () {
      const results = yield* gather(Array.from({ length: 3000 }, (_, i) => createTask(sleep(i % 50, i))));
      return results.reduce((a, b) => a + b);
    },
    { loopFactory: () => loop },
  );
  assert.equal(sum, (2999 * 3000) / 2);
  assertClean(loop);
});

/** Calls `look` whenever the loop reads its clock, which is at least once in an iteration, and before each wake. */
function watching(host: Host, look: () => void): Host {
  return {
    now: () => {
      look();
      return host.now();
    },
    wakeSoon: (wake, macrotask) =>
      host.wakeSoon(() => {
        look();
        wake();
      }, macrotask),
    wakeAt: (when, wake) => host.wakeAt(when, wake),
    cancelWake: () => host.cancelWake(),
    logError: (text) => host.logError(text),
    detectsDeadlock: host.detectsDeadlock ?? false,
  };
}

const SAMPLE = 10;

test(`one program of ${SAMPLE} of the corpus leaves CPython's trace on it, watched in each iteration`, async () => {
  const found = new Set<string | null>();
  function InspectedLoop({ host }: { host: Host }): EventLoop {
    let loop: EventLoop | null = null;
    const look = (): void => {
      if (loop !== null) found.add(askInspector(loop, (inspector) => inspector.invariantReport()));
    };
    return (loop = inspectedLoop({ host: watching(host, look) }));
  }
  // Programs are chosen by the methods that the class has.
  InspectedLoop.prototype = EventLoop.prototype;
  const inspected = { ...library, EventLoop: InspectedLoop } as unknown as Library;
  const outcomes = { passed: 0, skipped: 0 };
  const failures: string[] = [];
  for (const [i, entry] of CORPUS_FILES.flatMap(readEntries).entries()) {
    if (i % SAMPLE !== 0) continue;
    const outcome = await runEntry(entry, inspected);
    if (outcome.status === "failed") failures.push(describeFailure(entry, outcome));
    else outcomes[outcome.status]++;
  }
  assert.deepEqual(failures, []);
  assert.ok(outcomes.passed > outcomes.skipped, JSON.stringify(outcomes));
  assert.deepEqual([...found], ["all invariants hold"]);
});
