import { PICTURE_WORDS } from "../../assembly/codes.js";
import type { EventLoop } from "../loop/eventLoop.js";
import { allTasks } from "../tasks/registry.js";
import { kindName, payloadName, type SlotKind } from "./names.js";

/** A slot of the core, and who it is. The generation tells this life of the slot from its former ones. */
export interface SlotReport {
  readonly slot: number;
  /** `null`: the slot is free, which one that is in use never is in a sound core. */
  readonly kind: SlotKind | null;
  readonly generation: number;
  /** A task's or callback's name, or what else the slot stands for. */
  readonly name: string;
}

export interface ReadyReport extends SlotReport {
  /** It runs in this iteration; the others run in the next. */
  readonly isInBatch: boolean;
}

export interface TimerReport extends SlotReport {
  /** Milliseconds of `loop.time()`. */
  readonly deadline: number;
  /** Of equal deadlines the lower sequence fires first. */
  readonly sequence: number;
}

/** A Future, or a task, that somebody waits for. */
export interface AwaitedReport extends SlotReport {
  /** First come first. */
  readonly waiters: readonly SlotReport[];
}

type NumberRecord = readonly [first: number, second: number, third: number, fourth: number];

/** Copies: an inspector's array is gone after its next call. */
export function records(picture: ArrayLike<number>): NumberRecord[] {
  const all: NumberRecord[] = [];
  for (let i = 0; i < picture.length; i += PICTURE_WORDS) {
    all.push([picture[i]!, picture[i + 1]!, picture[i + 2]!, picture[i + 3]!]);
  }
  return all;
}

/** Who the slots of `loop` are. */
export class Slots {
  private readonly loop: EventLoop;
  /** A Future has no payload; those that a task waits for are known by the task. */
  private readonly futures: ReadonlyMap<number, string>;

  constructor(loop: EventLoop) {
    this.loop = loop;
    const awaited = [...allTasks(loop)].flatMap((task) => (task._waiting === null ? [] : [task._waiting]));
    this.futures = new Map(awaited.map((future) => [future._slot, future.toString()]));
  }

  report(slot: number, kind: number, generation: number): SlotReport {
    return { slot, kind: kindName(kind), generation, name: this.nameOf(slot, kindName(kind)) };
  }

  /** Of a picture of the ring, or of waiters. */
  reportEntries(picture: ArrayLike<number>): SlotReport[] {
    return records(picture).map(([slot, , kind, generation]) => this.report(slot, kind, generation));
  }

  private nameOf(slot: number, kind: SlotKind | null): string {
    if (kind === "future") return this.futures.get(slot) ?? "a future";
    const payload = this.loop._core.payloads[slot];
    return payload === undefined ? `a ${kind ?? "free slot"}` : payloadName(payload);
  }
}
