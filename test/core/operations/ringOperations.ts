// Entries pushed by call and in place, batches frozen and taken.
import {
  ENTRY_CALLBACK,
  ENTRY_OBSERVER,
  ENTRY_TASK,
  KIND_CALLBACK,
  KIND_OBSERVER,
  KIND_TASK,
} from "../../../assembly/codes.js";
import { entryOf } from "../../support/rawCore.js";
import type { World } from "./world.js";

export function openCallback(world: World): boolean {
  const slot = world.core.exports.callbackOpen();
  if (world.taken(slot, KIND_CALLBACK)) world.ready.push(entryOf(slot, ENTRY_CALLBACK));
  return true;
}

export function openTask(world: World): boolean {
  const slot = world.core.exports.taskOpen();
  if (world.taken(slot, KIND_TASK)) world.ready.push(entryOf(slot, ENTRY_TASK));
  return true;
}

const PUSHABLE = [
  { kind: KIND_CALLBACK, tag: ENTRY_CALLBACK },
  { kind: KIND_TASK, tag: ENTRY_TASK },
  { kind: KIND_OBSERVER, tag: ENTRY_OBSERVER },
];

/** Makes something ready again that has been taken out, or never was in. */
export function pushIdle(world: World): boolean {
  const { kind, tag } = world.random.pick(PUSHABLE);
  const slot = world.idleOf(kind).draw(world.random);
  if (slot === 0) return false;
  world.push(slot, tag);
  return true;
}

/** Also while a batch is not over, which no driver does: the next batch then has the rest of it in front. */
export function beginIteration(world: World): boolean {
  world.iterate(world.now);
  return true;
}

export function popEntry(world: World): boolean {
  if (world.ready.batch === 0) world.iterate(world.now);
  if (world.ready.batch === 0) return false;
  world.popEntry();
  return true;
}
