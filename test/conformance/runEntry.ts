import { isDeepStrictEqual } from "node:util";
import { CompileError } from "./compile/frame.js";
import { type CompiledProgram, compileProgram } from "./compile/program.js";
import type { Form } from "./compile/spelling.js";
import type { Entry, Program, TraceEvent } from "./format.js";
import { missingOperations } from "./requirements.js";
import { Budget } from "./runtime/budget.js";
import type { Library } from "./runtime/library.js";
import { ProgramHost } from "./runtime/programHost.js";
import { Runtime } from "./runtime/runtime.js";

export type Outcome =
  | { readonly status: "passed" }
  | { readonly status: "skipped"; readonly missing: readonly string[] }
  | {
      readonly status: "failed";
      /** Why the program could not be run to its end; null when only the traces differ. */
      readonly reason: string | null;
      readonly trace: readonly TraceEvent[];
      /** Messages of errors, by the index of the event. */
      readonly notes: ReadonlyMap<number, string>;
    };

type Driver = () => Promise<void>;

/** Runs one program and compares its trace with the recorded one. */
export async function runEntry(entry: Entry, library: Library, form?: Form): Promise<Outcome> {
  let compiled: CompiledProgram;
  try {
    compiled = compileProgram(entry.program, form);
  } catch (error) {
    if (!(error instanceof CompileError)) throw error;
    return { status: "failed", reason: error.message, trace: [], notes: new Map() };
  }
  const missing = missingOperations(entry.program, compiled, library);
  if (missing.length > 0) return { status: "skipped", missing };
  const { trace, notes, reason } = await runProgram(entry.program, compiled, library);
  if (reason === null && isDeepStrictEqual(trace, entry.trace)) return { status: "passed" };
  return { status: "failed", reason, trace, notes };
}

interface Run {
  readonly trace: readonly TraceEvent[];
  readonly notes: ReadonlyMap<number, string>;
  readonly reason: string | null;
}

async function runProgram(program: Program, compiled: CompiledProgram, library: Library): Promise<Run> {
  const taskNumberBase = await nextTaskNumber(library);
  const budget = new Budget();
  const runtime = new Runtime(library, program, budget, taskNumberBase);
  const finished = drive(compiled, library, runtime).then(
    () => null,
    (error: unknown) => `the driver failed: ${describe(error)}`,
  );
  const reason = await Promise.race([
    finished,
    budget.ended.then((ending) => (ending.kind === "deadlock" ? null : ending.reason)),
  ]);
  budget.stop();
  runtime.recorder.close();
  return { trace: runtime.recorder.events, notes: runtime.recorder.notes, reason };
}

async function drive(compiled: CompiledProgram, library: Library, runtime: Runtime): Promise<void> {
  const instantiate = new Function("library", "runtime", compiled.source) as (
    library: Library,
    runtime: Runtime,
  ) => Driver;
  const driver = instantiate(library, runtime);
  await runtime.runners.renew();
  await driver();
  try {
    await runtime.runners.close();
  } catch (error) {
    runtime.trace("close", "!", error);
  }
  runtime.trace("end");
}

/** The library counts default task names per process; the number that its next task would get, less one. */
async function nextTaskNumber(library: Library): Promise<number> {
  const budget = new Budget();
  const loop = new library.EventLoop({ host: new ProgramHost(budget, () => {}) });
  const task = loop.createTask(library.coroutine(function* () {})());
  await loop.runUntilComplete(task);
  loop.close();
  budget.stop();
  return Number(/^Task-(\d+)$/.exec(task.getName())?.[1]);
}

/** Not every engine's stacks begin with the message. */
function describe(error: unknown): string {
  const stack = error instanceof Error ? (error.stack ?? "") : "";
  return stack.includes(String(error)) ? stack : `${String(error)}\n${stack}`.trimEnd();
}
