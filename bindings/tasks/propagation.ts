// AsyncLocalStorage for tasks: for the stores that a loop names, each step of a task sees what was current when the task
// was created. Without named stores this costs nothing: the task has no flag for it.
import type { Store } from "../hosts/asyncLocalStorage.js";
import { PROPAGATES } from "../futures/state.js";
import type { Task } from "./task.js";

const kept = new WeakMap<Task<unknown>, readonly unknown[]>();

export function keepStores(task: Task<unknown>, stores: readonly Store<unknown>[]): void {
  kept.set(
    task,
    stores.map((store) => store.getStore()),
  );
  task._flags |= PROPAGATES;
}

/** Calls `fn` with the task's stores current. */
export function withStores(task: Task<unknown>, fn: () => void): void {
  const stores = task._loop._propagate ?? [];
  const values = kept.get(task) ?? [];
  const enter = (index: number): void => {
    if (index === values.length) fn();
    else stores[index]!.run(values[index], () => enter(index + 1));
  };
  enter(0);
}
