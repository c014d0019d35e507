import assert from "node:assert/strict";

/** As deepEqual, but quick for thousands of numbers that are the same. */
export function assertSame(actual: ArrayLike<number>, expected: readonly number[], what: string): void {
  const isSame = actual.length === expected.length && expected.every((value, i) => value === actual[i]);
  if (!isSame) assert.deepEqual(Array.from(actual), expected, what);
}
