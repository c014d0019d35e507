// `wasyncio/inspect`: named re-exports only.
export { coreReport, type CoreReport } from "./inspect/coreReport.js";
export { inspectedLoop } from "./inspect/inspectedLoop.js";
export type { SlotKind } from "./inspect/names.js";
export type { AwaitedReport, ReadyReport, SlotReport, TimerReport } from "./inspect/slotReport.js";
export type { TaskReport } from "./inspect/taskReport.js";
