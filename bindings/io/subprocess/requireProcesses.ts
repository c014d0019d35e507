import { RuntimeError } from "../../errors/errors.js";
import { isWorkerd } from "../../hosts/detect.js";
import { builtin } from "../host/builtin.js";

/** RuntimeError where the host has no child processes. */
export function requireProcesses(): void {
  // There the module may be there, and all of its functions fail.
  if (isWorkerd()) throw new RuntimeError("workerd has no child processes: they need Node 20.16 or later, Deno or Bun");
  builtin("node:child_process");
}
