import { DeadlockError } from "../errors/errors.js";
import type { EventLoop } from "../loop/eventLoop.js";
import { allTasks } from "../tasks/registry.js";
import type { Task } from "../tasks/task.js";

/** Each blocked task and what it waits for. */
export function deadlockError(loop: EventLoop): DeadlockError {
  const lines = [...allTasks(loop)].map(
    (task) => `  '${task.getName()}' waits for ${task._waiting === null ? "nothing known" : task._waiting.toString()}`,
  );
  const promises =
    loop._outstanding === 0 ? "" : ` (${loop._outstanding} foreign promise(s) pending, which can not settle meanwhile)`;
  return new DeadlockError(
    `nothing can run any more${promises}: no callback is ready and no timer is set, but these tasks are pending:\n` +
      lines.join("\n"),
  );
}

/**
 * Where the loop knows that nothing can go on, the error is raised where the main task waits. If main has ended, it is
 * the leftovers that refuse to: the run of the loop ends with the error.
 */
export function superviseDeadlock(loop: EventLoop, main: Task<unknown>): void {
  loop._onDeadlock = () => {
    const error = deadlockError(loop);
    const waiting = main._waiting;
    if (waiting === null) {
      loop._endWith(error);
      return;
    }
    waiting._abandon(main);
    main._raise(error);
    loop._rouse();
  };
}
