import { brand } from "./brand.js";
import { describe } from "./checks.js";
import { ValueError } from "./errors.js";

type ErrorClass = abstract new (...args: never[]) => unknown;

/** Which errors are meant: of a class, of one of several classes, or those a predicate answers true for. */
export type ErrorCondition = ErrorClass | readonly ErrorClass[] | ((error: unknown) => boolean);

function countText(count: number): string {
  return count === 1 ? "1 sub-exception" : `${count} sub-exceptions`;
}

function isErrorClass(condition: ErrorCondition): condition is ErrorClass {
  return (condition as unknown) === Error || (condition as ErrorClass).prototype instanceof Error;
}

function asPredicate(condition: ErrorCondition): (error: unknown) => boolean {
  if (Array.isArray(condition) && condition.every((entry) => typeof entry === "function")) {
    return (error) => condition.some((entry: ErrorClass) => error instanceof entry);
  }
  if (typeof condition !== "function") {
    throw new TypeError(`expected an error class, an array of them or a predicate, got ${describe(condition)}`);
  }
  if (isErrorClass(condition)) return (error) => error instanceof condition;
  return condition as (error: unknown) => boolean;
}

/** Several errors that happened side by side; groups may stand in groups. Unlike AggregateError's, the message comes first. */
export class ExceptionGroup extends AggregateError {
  declare errors: unknown[];
  readonly #text: string;

  /** `message` is completed by the number of `errors`, of which there must be one at least. */
  constructor(message: string, errors: Iterable<unknown>, options?: ErrorOptions) {
    if (typeof message !== "string") {
      throw new TypeError(
        `ExceptionGroup expects a message and then its errors, got ${describe(message)} as the message`,
      );
    }
    if (typeof (errors as Iterable<unknown> | null | undefined)?.[Symbol.iterator] !== "function") {
      throw new TypeError(`ExceptionGroup expects an array or another iterable of errors, got ${describe(errors)}`);
    }
    const list = [...errors];
    if (list.length === 0) throw new ValueError("ExceptionGroup expects one error at least, got none");
    super(list, `${message} (${countText(list.length)})`, options);
    this.#text = message;
  }

  /** A group of `errors` with this one's message; override it in a subclass to keep the class when split. */
  derive(errors: Iterable<unknown>): ExceptionGroup {
    return new ExceptionGroup(this.#text, errors);
  }

  /** The errors that meet `condition`, at any depth, in groups nested as they are here; `null` when none does. */
  subgroup(condition: ErrorCondition): ExceptionGroup | null {
    return this.#divide(asPredicate(condition))[0];
  }

  /** The errors that meet `condition`, as `subgroup` gives them, and the others likewise. */
  split(condition: ErrorCondition): [matching: ExceptionGroup | null, rest: ExceptionGroup | null] {
    return this.#divide(asPredicate(condition));
  }

  /** A group that meets the condition itself is not taken apart. */
  #divide(matches: (error: unknown) => boolean): [ExceptionGroup | null, ExceptionGroup | null] {
    if (matches(this)) return [this, null];
    const matching: unknown[] = [];
    const rest: unknown[] = [];
    for (const error of this.errors) {
      if (!(error instanceof ExceptionGroup)) {
        (matches(error) ? matching : rest).push(error);
        continue;
      }
      const [inside, outside] = error.#divide(matches);
      if (inside !== null) matching.push(inside);
      if (outside !== null) rest.push(outside);
    }
    return [this.#part(matching), this.#part(rest)];
  }

  #part(errors: readonly unknown[]): ExceptionGroup | null {
    if (errors.length === 0) return null;
    const part = this.derive(errors);
    if ("cause" in this && !("cause" in part)) {
      Object.defineProperty(part, "cause", { value: this.cause, configurable: true, writable: true });
    }
    if (this.stack !== undefined) part.stack = this.stack;
    return part;
  }
}
brand(ExceptionGroup, "ExceptionGroup");
