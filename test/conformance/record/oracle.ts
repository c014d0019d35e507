import type { Program, TraceEvent } from "../format.js";
import { startPython } from "./python.js";

/** What CPython did with a program, or why the program is not one of the format. */
export type Recording =
  | { readonly trace: readonly TraceEvent[]; readonly reject?: never }
  | { readonly reject: string; readonly trace?: never };

export interface OracleOptions {
  /** PYTHONHASHSEED; no trace may depend on it. */
  readonly hashSeed?: string;
  /** Use asyncio's Task and Future written in Python instead of those in C; no trace may depend on it. */
  readonly pure?: boolean;
}

/** CPython in this process, with the recorder loaded. */
export class Oracle {
  readonly #recordJson: (program: string) => string;

  private constructor(recordJson: (program: string) => string) {
    this.#recordJson = recordJson;
  }

  static async start({ hashSeed = "0", pure = false }: OracleOptions = {}): Promise<Oracle> {
    const python = await startPython(hashSeed);
    if (pure) python.runPython("import pure_asyncio");
    return new Oracle(python.runPython("import recorder; recorder.record_json") as (program: string) => string);
  }

  record(program: Program): Recording {
    return JSON.parse(this.#call(JSON.stringify(program))) as Recording;
  }

  /** An error out of pyodide is passed on as text alone: shown with its source, it would be a line of a megabyte. */
  #call(program: string): string {
    try {
      return this.#recordJson(program);
    } catch (error) {
      throw new Error(`the recorder failed: ${error instanceof Error ? error.message : String(error)}`);
    }
  }
}
