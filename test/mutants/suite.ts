// What a mutant has to survive, in one process: the tests of the core, then a slice of the conformance corpus. The title
// of each test is written to the error output before it runs, so that one that never ends is known.
import { writeSync } from "node:fs";
import { beforeEach } from "node:test";

beforeEach((context) => {
  writeSync(2, `${context.name}\n`);
});

await import("../core/readyRing.test.js");
await import("../core/tick.test.js");
await import("../core/timerHeap.test.js");
await import("../core/slotTable.test.js");
await import("../core/callbackList.test.js");
await import("../core/futureTable.test.js");
await import("../core/memory.test.js");
await import("../core/checks.test.js");
await import("../core/fuzz.test.js");
await import("./slice.js");
