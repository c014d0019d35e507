// createTask of what an eager compiled call has returned: the Task itself, as long as nobody has awaited it.
import { hasWaiter } from "../futures/waiters.js";
import { Task, type TaskOptions } from "./task.js";
import { UNCLAIMED } from "./unclaimed.js";

/** The task, if `target` is one that an eager call has made and nobody has awaited or taken over. */
export function adoptCall(target: unknown, options: TaskOptions | undefined): Task<unknown> | null {
  if (!(target instanceof Task) || target._owner !== UNCLAIMED || hasWaiter(target)) return null;
  target._owner = null;
  if (options?.name !== undefined) target.setName(options.name);
  return target;
}
