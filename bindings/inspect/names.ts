import { KIND_CALLBACK, KIND_FUTURE, KIND_NODE, KIND_OBSERVER, KIND_TASK, KIND_TIMER } from "../../assembly/codes.js";
import { Future } from "../futures/future.js";
import { Handle } from "../loop/handle.js";
import { Task } from "../tasks/task.js";
import type { Payload } from "../wasm/core.js";

/** What a slot of the core may be; `node`: one more waiter in a list. */
export const SLOT_KINDS = ["task", "future", "callback", "timer", "observer", "node"] as const;
export type SlotKind = (typeof SLOT_KINDS)[number];

const KIND_NAMES = new Map<number, SlotKind>([
  [KIND_TASK, "task"],
  [KIND_FUTURE, "future"],
  [KIND_CALLBACK, "callback"],
  [KIND_TIMER, "timer"],
  [KIND_OBSERVER, "observer"],
  [KIND_NODE, "node"],
]);

/** `null`: the slot is free, or its meta is damaged. */
export function kindName(kind: number): SlotKind | null {
  return KIND_NAMES.get(kind) ?? null;
}

/** What stands behind a slot: a task's or callback's name, or the kind of thing it is. */
export function payloadName(payload: Payload): string {
  if (payload instanceof Task) return `task '${payload.getName()}'`;
  if (payload instanceof Future || payload instanceof Handle) return payload.toString();
  const { _kind: kind, constructor } = payload as Payload & { _kind?: unknown };
  return typeof kind === "string" ? kind : constructor.name;
}
