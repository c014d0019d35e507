// What the compiler must know about the inspector. This file is compiled with the tests; nothing of it runs.
import { EventLoop, run } from "../../bindings/index.js";
import { coreReport, inspectedLoop, type CoreReport, type SlotKind } from "../../bindings/inspect.js";
import { VirtualHost } from "../../bindings/testing.js";
import type { Equal, Expect } from "./expect.js";

const report = coreReport(new EventLoop());

export type Cases = [
  Expect<Equal<typeof report, CoreReport>>,
  Expect<Equal<ReturnType<typeof inspectedLoop>, EventLoop>>,
  Expect<Equal<CoreReport["tasks"][number]["state"], "running" | "ready" | "waiting">>,
  Expect<Equal<SlotKind, "task" | "future" | "callback" | "timer" | "observer" | "node">>,
];

void run(() => 1, { loopFactory: inspectedLoop });
void run(() => 1, { loopFactory: () => inspectedLoop({ host: new VirtualHost(), timeSlice: 4 }) });

// @ts-expect-error: the loop has to be given
coreReport();
// @ts-expect-error: a report is not to be changed
report.tasks.push(report.tasks[0]!);
// @ts-expect-error: an option that no EventLoop has
inspectedLoop({ speed: 1 });
