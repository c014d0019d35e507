// The mark of a task that an eager compiled call has made and that nobody has awaited yet: createTask may take it over.
import type { Owner } from "../futures/future.js";

/** Stands in a field that tasks have no other use for, so that the mark costs them nothing. */
export const UNCLAIMED: Owner = Object.freeze({ _kind: "Task", _cancel: () => false });

/** Tasks of calls on loops in debug mode: where they were made is where they were called. */
export const debuggedCalls = new WeakSet<object>();
