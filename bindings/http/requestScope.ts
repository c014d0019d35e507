import type { Task } from "../tasks/task.js";

/** What a request's function is given besides the request. */
export class RequestScope {
  private readonly task: Task<unknown>;

  constructor(task: Task<unknown>) {
    this.task = task;
  }

  /** Aborts when the request's task is cancelled, as when its client goes away; for `fetch` and other platform APIs. */
  get signal(): AbortSignal {
    return this.task.signal;
  }
}
