import { describe } from "../errors/checks.js";

/** Negative when `a` comes before `b`. */
export type Compare<T> = (a: T, b: T) => number;

/**
 * The order of a PriorityQueue that was given none: numbers and strings by value, arrays by their first differing item,
 * the shorter one first. What has no order is a TypeError, as in Python; an array is decided before it is reached if the
 * items in front of it differ.
 */
export function naturalOrder(a: unknown, b: unknown): number {
  if (typeof a === "number" || typeof a === "bigint") {
    if (typeof b === "number" || typeof b === "bigint") return a < b ? -1 : Number(a > b);
  } else if (typeof a === "string") {
    if (typeof b === "string") return a < b ? -1 : Number(a > b);
  } else if (Array.isArray(a) && Array.isArray(b)) {
    return compareItems(a, b);
  }
  throw new TypeError(
    `PriorityQueue has no order between ${describe(a)} and ${describe(b)}: put numbers, strings or arrays of them, or ` +
      "give the queue a { compare }",
  );
}

function compareItems(a: readonly unknown[], b: readonly unknown[]): number {
  const shared = Math.min(a.length, b.length);
  for (let i = 0; i < shared; i++) {
    if (a[i] === b[i]) continue;
    const order = naturalOrder(a[i], b[i]);
    if (order !== 0) return order;
  }
  return a.length - b.length;
}
