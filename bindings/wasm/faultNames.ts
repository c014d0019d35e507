import { FAULT_ASSERTION, FAULT_SLOT_FREE_TWICE, FAULT_SLOT_KIND, FAULT_SLOT_RANGE } from "../../assembly/codes.js";

/** The faults that the core itself traps with; the walkers' faults are returned, never trapped with. */
const NAMES = new Map([
  [FAULT_ASSERTION, "assertion failed"],
  [FAULT_SLOT_RANGE, "slot out of range"],
  [FAULT_SLOT_FREE_TWICE, "slot freed twice"],
  [FAULT_SLOT_KIND, "slot of the wrong kind"],
]);

export function faultName(code: number): string {
  return `${code} (${NAMES.get(code) ?? "unknown"})`;
}
