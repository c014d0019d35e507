import type { CoreReport } from "./coreReport.js";
import type { AwaitedReport, ReadyReport, TimerReport } from "./slotReport.js";
import type { TaskReport } from "./taskReport.js";

/** Of longer lists the text shows the beginning; the report has all of it. */
const MAX_LINES = 20;

function section<T>(title: string, items: readonly T[], line: (item: T) => string): string[] {
  if (items.length === 0) return [];
  const lines = items.slice(0, MAX_LINES).map((item) => `  ${line(item)}`);
  const left = items.length - lines.length;
  return [`${title} (${items.length}):`, ...lines, ...(left === 0 ? [] : [`  and ${left} more`])];
}

function taskLine({ name, state, waitsFor, cancelling }: TaskReport): string {
  const what = state === "waiting" ? `waits for ${waitsFor ?? "something unknown"}` : `is ${state}`;
  return `'${name}' ${what}${cancelling === 0 ? "" : ", is being cancelled"}`;
}

function readyLine({ name, isInBatch }: ReadyReport): string {
  return isInBatch ? name : `${name}, next time`;
}

function timerLine({ name, deadline }: TimerReport, time: number): string {
  return `${name}, ${deadline <= time ? "due" : `due in ${toMicroseconds(deadline - time)} ms`}`;
}

function toMicroseconds(ms: number): number {
  return Math.round(ms * 1000) / 1000;
}

function awaitedLine({ name, waiters }: AwaitedReport): string {
  return `${name}: ${waiters.map((waiter) => waiter.name).join(", ")}`;
}

/** The numbers that are not 0. */
function pairs(numbers: Readonly<Record<string, number>>): string {
  const shown = Object.entries(numbers).filter(([, value]) => value !== 0);
  return shown.length === 0 ? "none" : shown.map(([name, value]) => `${name} ${value}`).join(", ");
}

/** As String(report) gives it; ends without a line break. */
export function reportText(report: Omit<CoreReport, "toString">): string {
  const lines = [
    `event loop at ${toMicroseconds(report.time)} ms${report.isInspected ? ", on the debug core" : ""}`,
    `invariants: ${report.invariants ?? "not checked by this core"}`,
    ...(report.fault === null ? [] : [`the core has stopped with fault ${report.fault}`]),
    ...section("tasks", report.tasks, taskLine),
    ...section("ready", report.ready, readyLine),
    ...section("timers", report.timers, (timer) => timerLine(timer, report.time)),
    ...section("awaited", report.awaited, awaitedLine),
    `slots: ${pairs(report.slots)}`,
    `counters: ${pairs(report.counters)}`,
    `memory: ${report.memory / 1024} KiB`,
  ];
  return lines.join("\n");
}
