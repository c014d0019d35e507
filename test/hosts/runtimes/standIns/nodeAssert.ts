// In the place of `node:assert/strict`, where there is none: the assertions that the tests use.
import { isDeepStrictEqual } from "./equality.js";

export class AssertionError extends Error {
  override readonly name = "AssertionError";
}

/** What an error has to be: a class, a pattern for its text, a predicate, or some of its properties. */
type Expected = (abstract new (...args: never[]) => unknown) | ((error: unknown) => unknown) | RegExp | object;

function shown(value: unknown): string {
  try {
    return (typeof value === "object" ? JSON.stringify(value) : undefined) ?? String(value);
  } catch {
    return String(value);
  }
}

function check(isRight: boolean, message: unknown, explain: () => string): asserts isRight {
  if (isRight) return;
  if (message instanceof Error) throw message;
  throw new AssertionError(message === undefined ? explain() : String(message));
}

function ok(value: unknown, message?: unknown): asserts value {
  check(Boolean(value), message, () => `${shown(value)} is not true`);
}

function fail(message?: unknown): never {
  check(false, message, () => "failed");
  throw new AssertionError();
}

function equal(actual: unknown, expected: unknown, message?: unknown): void {
  check(Object.is(actual, expected), message, () => `${shown(actual)} !== ${shown(expected)}`);
}

function notEqual(actual: unknown, expected: unknown, message?: unknown): void {
  check(!Object.is(actual, expected), message, () => `both are ${shown(actual)}`);
}

function deepEqual(actual: unknown, expected: unknown, message?: unknown): void {
  check(isDeepStrictEqual(actual, expected), message, () => `${shown(actual)} does not equal ${shown(expected)}`);
}

function notDeepEqual(actual: unknown, expected: unknown, message?: unknown): void {
  check(!isDeepStrictEqual(actual, expected), message, () => `both equal ${shown(actual)}`);
}

function match(text: string, pattern: RegExp, message?: unknown): void {
  check(pattern.test(text), message, () => `${shown(text)} does not match ${String(pattern)}`);
}

function doesNotMatch(text: string, pattern: RegExp, message?: unknown): void {
  check(!pattern.test(text), message, () => `${shown(text)} matches ${String(pattern)}`);
}

function isClass(expected: Expected): expected is abstract new (...args: never[]) => unknown {
  return expected === Error || (expected as { prototype?: unknown }).prototype instanceof Error;
}

function checkError(error: unknown, expected: Expected | undefined): void {
  if (expected === undefined) return;
  if (expected instanceof RegExp) return match(String(error), expected);
  if (typeof expected !== "function") return checkProperties(error, expected);
  const isRight = isClass(expected)
    ? error instanceof expected
    : (expected as (error: unknown) => unknown)(error) === true;
  check(isRight, undefined, () => `${String(error)} is not what ${expected.name} expects`);
}

function checkProperties(error: unknown, expected: object): void {
  const keys = new Set<string>(Object.keys(expected));
  if (expected instanceof Error) for (const key of ["name", "message"]) keys.add(key);
  for (const key of keys) {
    const actual = (error as Record<string, unknown>)[key];
    const wanted = (expected as Record<string, unknown>)[key];
    if (wanted instanceof RegExp && typeof actual === "string") match(actual, wanted);
    else deepEqual(actual, wanted, `${key} of ${String(error)}: ${shown(actual)} does not equal ${shown(wanted)}`);
  }
}

function throws(body: () => unknown, expected?: Expected): void {
  let error: unknown;
  try {
    body();
  } catch (thrown) {
    error = thrown ?? new AssertionError("nothing was thrown, as a value");
    return checkError(error, expected);
  }
  fail("nothing was thrown");
}

function doesNotThrow(body: () => unknown): void {
  body();
}

async function rejects(
  target: PromiseLike<unknown> | (() => PromiseLike<unknown>),
  expected?: Expected,
): Promise<void> {
  try {
    await (typeof target === "function" ? target() : target);
  } catch (error) {
    return checkError(error, expected);
  }
  fail("it did not reject");
}

const assert = {
  AssertionError,
  deepEqual,
  doesNotMatch,
  doesNotThrow,
  equal,
  fail,
  match,
  notDeepEqual,
  notEqual,
  ok,
  rejects,
  throws,
};

// The tests import it as Node exports it.
// oxlint-disable-next-line import/no-default-export
export default assert;
