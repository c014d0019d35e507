// Numbered reasons to trap. The number is stored first, so that the host can name the fault after the trap.
import { FAULT_ASSERTION, HEADER_FAULT } from "./codes";

export function raise(fault: i32): void {
  store<i32>(HEADER_FAULT << 2, fault);
  unreachable();
}

/** Checks in the `debug` and `checked` builds; compiled away in `release`, where ASC_NO_ASSERT is true. */
export function demand(holds: bool, fault: i32): void {
  if (!ASC_NO_ASSERT) {
    if (!holds) raise(fault);
  }
}

/** Takes the place of the imported `abort` in the builds that import nothing. */
export function abortWithFault(_message: usize, _file: usize, _line: u32, _column: u32): void {
  raise(FAULT_ASSERTION);
}
