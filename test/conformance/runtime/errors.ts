import { ERROR_KINDS, USER_KINDS } from "../errorKinds.js";
import type { ErrorClass, Library } from "./library.js";

/** An error of the program; `msg` is the first argument, or null. */
class UserError extends Error {
  readonly msg: unknown;

  constructor(msg: unknown = null) {
    super(String(msg ?? ""));
    this.msg = msg;
  }
}

class ErrA extends UserError {
  override readonly name = "ErrA";
}

class ErrB extends UserError {
  override readonly name = "ErrB";
}

/**
 * What closing an async generator may throw at its yield: only `finally` blocks may see it. An implementation that
 * closes with the generator's own `return` never shows it.
 */
export function isGeneratorExit(error: unknown): boolean {
  return error instanceof Error && error.name === "GeneratorExit";
}

/** The error kinds of the format and the classes that stand for them. */
export class ErrorKinds {
  readonly #library: Library;
  readonly #classes = new Map<string, ErrorClass>();
  readonly #kinds = new Map<unknown, string>();

  constructor(library: Library) {
    this.#library = library;
    const exports = library as unknown as Readonly<Record<string, ErrorClass | undefined>>;
    const own: Readonly<Record<string, ErrorClass>> = { ErrA, ErrB, TypeError };
    for (const kind of ERROR_KINDS) {
      const errorClass = own[kind] ?? exports[kind];
      if (errorClass === undefined) continue;
      this.#classes.set(kind, errorClass);
      this.#kinds.set(errorClass, kind);
    }
  }

  /** A new error; without a message the class is called without an argument. */
  make(kind: string, message: unknown): Error {
    const errorClass = this.#classes.get(kind);
    if (errorClass === undefined || kind === "ExceptionGroup") throw new Error(`a program cannot make ${kind}`);
    return message === null || message === undefined ? new errorClass() : new errorClass(message as string);
  }

  /** The kind of exactly this class; a class that is none of the kinds gives its name, which no trace contains. */
  kindOf(error: unknown): string {
    if (!(error instanceof Error)) throw new TypeError("an error expected");
    return this.#kinds.get(error.constructor) ?? error.name;
  }

  /** Whether a handler for these kinds catches the error. */
  catches(error: unknown, kinds: readonly string[]): boolean {
    if (isGeneratorExit(error)) return false;
    return kinds.some((kind) => {
      if (kind === "BaseException") return true;
      if (kind === "Exception") return !(error instanceof this.#library.CancelledError);
      const errorClass = this.#classes.get(kind);
      return errorClass !== undefined && error instanceof errorClass;
    });
  }

  /** The first argument of an error whose message is part of a trace, otherwise undefined. */
  messageOf(error: unknown): unknown {
    if (error instanceof UserError) return error.msg;
    return error instanceof this.#library.CancelledError ? (error.msg ?? null) : undefined;
  }
}

/** The export that a kind needs, or null when it needs none. */
export function exportOfKind(kind: string): string | null {
  return ERROR_KINDS.includes(kind) && !USER_KINDS.includes(kind) && kind !== "TypeError" ? kind : null;
}
