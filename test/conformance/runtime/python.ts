/*
 * Values as Python treats them. A result that nobody gave is undefined in the library and None in Python, so
 * undefined counts as null everywhere.
 */

/** Everything is true but null, false, 0, "" and the empty list. */
export function truthy(value: unknown): boolean {
  return Array.isArray(value) ? value.length > 0 : Boolean(value);
}

/** Numbers and booleans are equal by value (`True == 1`), lists item by item, objects by identity. */
export function equal(a: unknown, b: unknown): boolean {
  if (Array.isArray(a) && Array.isArray(b)) {
    return a.length === b.length && a.every((item, index) => equal(item, b[index]));
  }
  return identical(number(a) ?? a, number(b) ?? b);
}

export function identical(a: unknown, b: unknown): boolean {
  return (a ?? null) === (b ?? null);
}

/** Negative when `a` comes first, 0 when they are equal; a TypeError when they have no order. */
export function order(a: unknown, b: unknown): number {
  const [left, right] = [number(a), number(b)];
  if (left !== null && right !== null) return left - right;
  if (typeof a === "string" && typeof b === "string") return a < b ? -1 : Number(a > b);
  if (Array.isArray(a) && Array.isArray(b)) {
    const index = a.findIndex((item, at) => at >= b.length || !equal(item, b[at]));
    return index === -1 ? a.length - b.length : index >= b.length ? 1 : order(a[index], b[index]);
  }
  throw new TypeError("these values have no order");
}

export function add(a: unknown, b: unknown): unknown {
  if (typeof a === "string" && typeof b === "string") return a + b;
  if (Array.isArray(a) && Array.isArray(b)) return [...(a as unknown[]), ...(b as unknown[])];
  return count(a) + count(b);
}

export function subtract(a: unknown, b: unknown): number {
  return count(a) - count(b);
}

/** A number where Python demands one. */
export function count(value: unknown): number {
  const result = number(value);
  if (result === null) throw new TypeError("a number expected");
  return result;
}

export function length(value: unknown): number {
  if (Array.isArray(value)) return value.length;
  if (typeof value === "string") return Array.from(value).length;
  throw new TypeError("a list or a string expected");
}

/** Negative indices count from the end. */
export function at(list: unknown, index: unknown): unknown {
  if (!Array.isArray(list)) throw new TypeError("a list expected");
  const place = count(index);
  if (place >= list.length || place < -list.length) throw new RangeError("list index out of range");
  return list.at(place) as unknown;
}

function number(value: unknown): number | null {
  return typeof value === "number" ? value : typeof value === "boolean" ? Number(value) : null;
}
