import type { Json } from "../format.js";
import type { ErrorKinds } from "./errors.js";
import type { Library, TaskLike } from "./library.js";

const DEFAULT_NAME = /^Task-(\d+)$/;

/** How values appear in a trace. */
export class Canonical {
  readonly #library: Library;
  readonly #kinds: ErrorKinds;
  /** The number that the library's counter had reached before the program made its first task. */
  readonly #taskNumberBase: number;
  readonly #labels = new WeakMap<object, string>();

  constructor(library: Library, kinds: ErrorKinds, taskNumberBase: number) {
    this.#library = library;
    this.#kinds = kinds;
    this.#taskNumberBase = taskNumberBase;
  }

  /** Gives a plain future the name of the first register it is assigned to. */
  label(value: unknown, register: string): void {
    if (!this.#library.isFuture(value) || value instanceof this.#library.Task) return;
    if (!this.#labels.has(value)) this.#labels.set(value, register);
  }

  labelOf(value: unknown): string | null {
    if (value instanceof this.#library.Task) return this.nameOf(value);
    return typeof value === "object" && value !== null ? (this.#labels.get(value) ?? null) : null;
  }

  nameOf(task: TaskLike): string {
    const name = task.getName();
    const number = DEFAULT_NAME.exec(name)?.[1];
    return number === undefined ? name : `Task-${Number(number) - this.#taskNumberBase}`;
  }

  /** The items ordered by label; equal labels keep their order. */
  sorted(list: Iterable<unknown>): unknown[] {
    const keyed = Array.from(list, (item) => ({ item, key: this.labelOf(item) ?? "" }));
    keyed.sort((a, b) => (a.key < b.key ? -1 : Number(a.key > b.key)));
    return keyed.map(({ item }) => item);
  }

  value(value: unknown): Json {
    if (value === undefined || value === null) return null;
    if (typeof value === "boolean" || typeof value === "number" || typeof value === "string") return value;
    if (Array.isArray(value)) return value.map((item) => this.value(item));
    if (value instanceof Error) return this.#error(value);
    if (value instanceof this.#library.Task) return { task: this.nameOf(value) };
    return this.#library.isFuture(value) ? { fut: this.labelOf(value) } : { obj: null };
  }

  #error(error: Error): Json {
    const kind = this.#kinds.kindOf(error);
    if (kind === "ExceptionGroup") {
      return { error: kind, errors: (error as AggregateError).errors.map((item) => this.value(item)) };
    }
    const message = this.#kinds.messageOf(error);
    return message === undefined ? { error: kind } : { error: kind, msg: this.value(message) };
  }
}
