import type { Future } from "./future.js";
import { FINISHED, STATE_MASK } from "./state.js";

/** A Promise with the future's outcome; it settles in the loop's order, as a done callback. */
export function promiseOf<T>(future: Future<T>): Promise<T> {
  return new Promise((resolve, reject) => {
    const deliver = (): void => {
      if ((future._flags & STATE_MASK) === FINISHED) resolve(future._value as T);
      else reject(future._failure());
    };
    if (future.done()) deliver();
    else future.addDoneCallback(deliver);
  });
}
