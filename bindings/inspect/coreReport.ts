import { HEADER_FAULT, KIND_FUTURE, KIND_TASK, KIND_TIMER } from "../../assembly/codes.js";
import { describe } from "../errors/checks.js";
import { EventLoop } from "../loop/eventLoop.js";
import { faultName } from "../wasm/faultNames.js";
import { reportText } from "./coreReportText.js";
import { askInspector } from "./inspectedLoop.js";
import { MemoryPictures } from "./memoryPictures.js";
import { kindName, SLOT_KINDS, type SlotKind } from "./names.js";
import type { Pictures } from "./pictures.js";
import { records, Slots, type AwaitedReport, type ReadyReport, type TimerReport } from "./slotReport.js";
import { reportTasks, type TaskReport } from "./taskReport.js";

/** What is in a loop and its core; `String(report)` is a text for people. */
export interface CoreReport {
  /** The loop was made by inspectedLoop(). */
  readonly isInspected: boolean;
  /** Whether the core's invariants hold, in words; `null` where only the debug core could tell. */
  readonly invariants: string | null;
  /** The fault that the core has stopped with, else `null`. */
  readonly fault: string | null;
  /** The host's clock in milliseconds. */
  readonly time: number;
  /** Bytes of linear memory. */
  readonly memory: number;
  /** The tasks that are not done, oldest first. */
  readonly tasks: readonly TaskReport[];
  /** What is ready to run, oldest first. */
  readonly ready: readonly ReadyReport[];
  /** The timers that are set, in the order in which they fire. */
  readonly timers: readonly TimerReport[];
  /** The Futures and tasks that somebody waits for. */
  readonly awaited: readonly AwaitedReport[];
  /** How many slots are in use, by kind. */
  readonly slots: Readonly<Record<SlotKind, number>>;
  /** Numbers that only rise, by name; they begin again at 2^32. */
  readonly counters: Readonly<Record<string, number>>;
  toString(): string;
}

/**
 * What is in `loop` now: its tasks and what each waits for, what is ready, the timers, who waits for whom. It changes
 * nothing, and may be called at any time, inside the loop and outside. Its work grows with the loop's slots.
 */
export function coreReport(loop: EventLoop): CoreReport {
  if (!(loop instanceof EventLoop)) throw new TypeError(`coreReport expects an EventLoop, got ${describe(loop)}`);
  // A slot that is only kept in hand belongs to nobody.
  loop._core.returnSpare();
  const invariants = askInspector(loop, (inspector) => inspector.invariantReport());
  const pictured =
    askInspector(loop, (inspector) => picture(loop, inspector)) ??
    picture(loop, new MemoryPictures(loop._core.exports.memory));
  const { words } = loop._core;
  const report = {
    isInspected: invariants !== null,
    invariants,
    fault: words[HEADER_FAULT] === 0 ? null : faultName(words[HEADER_FAULT]!),
    time: loop._host.now(),
    memory: words.byteLength,
    tasks: reportTasks(loop, new Set(pictured.ready.map(({ slot }) => slot))),
    ...pictured,
  };
  Object.defineProperty(report, "toString", { value: () => reportText(report) });
  return Object.freeze(report);
}

type Pictured = Pick<CoreReport, "ready" | "timers" | "awaited" | "slots" | "counters">;

function picture(loop: EventLoop, pictures: Pictures): Pictured {
  const slots = new Slots(loop);
  const counters = readCounters(pictures);
  const inUse = records(pictures.slotPicture());
  return {
    ready: readReady(slots, pictures, counters),
    timers: readTimers(slots, pictures),
    awaited: inUse
      .filter(([, kind]) => kind === KIND_FUTURE || kind === KIND_TASK)
      .map(([slot, kind, , generation]) => {
        const waiters = slots.reportEntries(pictures.waiterPicture(slot));
        return { ...slots.report(slot, kind, generation), waiters };
      })
      .filter(({ waiters }) => waiters.length > 0),
    slots: countKinds(inUse.map(([, kind]) => kind)),
    counters,
  };
}

function readReady(slots: Slots, pictures: Pictures, counters: Record<string, number>): ReadyReport[] {
  const inBatch = (counters["entriesFrozen"]! - counters["entriesTaken"]!) >>> 0;
  const entries = slots.reportEntries(pictures.ringPicture());
  return entries.map((entry, i) => ({ ...entry, isInBatch: i < inBatch }));
}

function readTimers(slots: Slots, pictures: Pictures): TimerReport[] {
  const timers = records(pictures.heapPicture()).map(([slot, deadline, sequence, generation]) => ({
    ...slots.report(slot, KIND_TIMER, generation),
    deadline,
    sequence,
  }));
  return timers.sort((a, b) => (a.deadline === b.deadline ? a.sequence - b.sequence : a.deadline - b.deadline));
}

function countKinds(kinds: readonly number[]): Record<SlotKind, number> {
  const counts = Object.fromEntries(SLOT_KINDS.map((kind) => [kind, 0])) as Record<SlotKind, number>;
  for (const kind of kinds) {
    const name = kindName(kind);
    if (name !== null) counts[name]++;
  }
  return counts;
}

function readCounters(pictures: Pictures): Record<string, number> {
  const names = pictures.counterNames().split(" ");
  const values = pictures.counterValues();
  return Object.fromEntries(names.map((name, i) => [name, values[i]!]));
}
