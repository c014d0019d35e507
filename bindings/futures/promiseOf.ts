import type { Future } from "./future.js";

/** A Promise with the future's outcome; it settles in the loop's order, as a done callback. */
export function promiseOf<T>(future: Future<T>): Promise<T> {
  return new Promise((resolve, reject) => {
    const deliver = (): void => {
      try {
        resolve(future.result());
      } catch (error) {
        reject(error);
      }
    };
    if (future.done()) deliver();
    else future.addDoneCallback(deliver);
  });
}
