import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import type { Program, TraceEvent } from "../format.js";
import { ensureInstalled } from "./install.js";
import { SOURCE_FOLDER } from "./paths.js";

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

/** The part of pyodide's interface that is used here. */
interface Pyodide {
  readonly FS: { mkdir(path: string): void; writeFile(path: string, data: Uint8Array): void };
  runPython(source: string): unknown;
}

interface PyodideModule {
  loadPyodide(options: { env: Record<string, string> }): Promise<Pyodide>;
}

/** Where the recorder's files are in the interpreter's own file system. */
const FOLDER_INSIDE = "/recorder";

/** CPython in this process, with the recorder loaded. */
export class Oracle {
  readonly #recordJson: (program: string) => string;

  private constructor(recordJson: (program: string) => string) {
    this.#recordJson = recordJson;
  }

  static async start({ hashSeed = "0", pure = false }: OracleOptions = {}): Promise<Oracle> {
    ensureInstalled();
    const entry = pathToFileURL(join(SOURCE_FOLDER, "node_modules/pyodide/pyodide.mjs"));
    const pyodide = (await import(entry.href)) as PyodideModule;
    const python = await pyodide.loadPyodide({ env: { PYTHONHASHSEED: hashSeed, HOME: "/" } });
    python.FS.mkdir(FOLDER_INSIDE);
    const sources = join(SOURCE_FOLDER, "python");
    for (const file of readdirSync(sources).filter((name) => name.endsWith(".py"))) {
      python.FS.writeFile(`${FOLDER_INSIDE}/${file}`, readFileSync(join(sources, file)));
    }
    python.runPython(`import sys; sys.path.insert(0, "${FOLDER_INSIDE}")`);
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
