import type { CompiledProgram } from "./compile/program.js";
import { OPERATIONS } from "./compile/operations.js";
import type { Program } from "./format.js";
import { exportOfKind } from "./runtime/errors.js";
import { ALWAYS_NEEDED } from "./runtime/library.js";

/** What statements need; an operation's needs stand with the operation. */
const STATEMENTS: Readonly<Record<string, readonly string[]>> = { afor: ["anext", "StopAsyncIteration"] };

/** What `with` needs of an object that this operation makes. */
const WITH: Readonly<Record<string, string>> = {
  lock: "Lock#with",
  condition: "Condition#with",
  semaphore: "Semaphore#with",
  bsemaphore: "BoundedSemaphore#with",
  barrier: "Barrier#with",
};

/** The operations of a program that the library cannot do yet, each with what is missing. */
export function missingOperations(program: Program, compiled: CompiledProgram, library: object): string[] {
  const missing = new Map<string, string>();
  const check = (operation: string, needs: readonly string[]): void => {
    const need = needs.find((name) => !isProvided(library, name));
    if (need !== undefined) missing.set(operation, `${operation} (${need})`);
  };
  check("any program", ALWAYS_NEEDED);
  if (program.eager === true) check("eager loops", ["eagerTaskFactory"]);
  for (const operation of compiled.operations) {
    check(operation, OPERATIONS.get(operation)?.needs ?? STATEMENTS[operation] ?? []);
    const need = WITH[operation];
    if (need !== undefined && compiled.operations.has("with")) check(`with ${operation}`, [need]);
  }
  for (const kind of compiled.kinds) {
    const need = exportOfKind(kind);
    if (need !== null) check(`error ${kind}`, [need]);
  }
  return [...missing.values()];
}

/** `need` is the name of an export, or `Class#method`. */
function isProvided(library: object, need: string): boolean {
  const [name = "", method] = need.split("#");
  const value = (library as Readonly<Record<string, unknown>>)[name];
  if (method === undefined || value === undefined) return value !== undefined;
  const { prototype } = value as { readonly prototype?: object };
  return prototype !== undefined && method in prototype;
}
