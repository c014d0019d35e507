// Equality as `node:assert/strict` and `util.isDeepStrictEqual` have it, for what the tests compare.

/** Pairs that are being compared: a cycle is equal if all else is. */
type Pairs = Map<object, object>;

export function isDeepStrictEqual(actual: unknown, expected: unknown): boolean {
  return isEqual(actual, expected, new Map());
}

function isObject(value: unknown): value is object {
  return typeof value === "object" && value !== null;
}

function isEqual(actual: unknown, expected: unknown, pairs: Pairs): boolean {
  if (Object.is(actual, expected)) return true;
  if (!isObject(actual) || !isObject(expected)) return false;
  if (Object.getPrototypeOf(actual) !== Object.getPrototypeOf(expected)) return false;
  if (pairs.get(actual) === expected) return true;
  pairs.set(actual, expected);
  if (actual instanceof Error && !isEqualError(actual, expected as Error, pairs)) return false;
  if (actual instanceof Map) return isEqualMap(actual, expected as Map<unknown, unknown>, pairs);
  if (actual instanceof Set) return isEqualList([...actual], [...(expected as Set<unknown>)], pairs);
  return hasEqualProperties(actual, expected, pairs);
}

function isEqualError(actual: Error, expected: Error, pairs: Pairs): boolean {
  return (
    actual.name === expected.name && actual.message === expected.message && isEqual(actual.cause, expected.cause, pairs)
  );
}

/** Members in the order of insertion: more than Node asks for, and what the tests mean. */
function isEqualList(actual: readonly unknown[], expected: readonly unknown[], pairs: Pairs): boolean {
  return actual.length === expected.length && actual.every((item, i) => isEqual(item, expected[i], pairs));
}

function isEqualMap(
  actual: ReadonlyMap<unknown, unknown>,
  expected: ReadonlyMap<unknown, unknown>,
  pairs: Pairs,
): boolean {
  return (
    isEqualList([...actual.keys()], [...expected.keys()], pairs) &&
    isEqualList([...actual.values()], [...expected.values()], pairs)
  );
}

function ownKeys(value: object): PropertyKey[] {
  return Reflect.ownKeys(value).filter((key) => Object.prototype.propertyIsEnumerable.call(value, key));
}

function hasEqualProperties(actual: object, expected: object, pairs: Pairs): boolean {
  if (Array.isArray(actual) && actual.length !== (expected as unknown[]).length) return false;
  const keys = ownKeys(actual);
  return (
    keys.length === ownKeys(expected).length &&
    keys.every(
      (key) => Object.hasOwn(expected, key) && isEqual(Reflect.get(actual, key), Reflect.get(expected, key), pairs),
    )
  );
}
