import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { ensureInstalled } from "./install.js";
import { SOURCE_FOLDER } from "./paths.js";

/** The part of pyodide's interface that is used here. */
export interface Pyodide {
  readonly FS: { mkdir(path: string): void; writeFile(path: string, data: Uint8Array): void };
  runPython(source: string): unknown;
}

interface PyodideModule {
  loadPyodide(options: { env: Record<string, string> }): Promise<Pyodide>;
}

/** Where the recorder's files are in the interpreter's own file system. */
const FOLDER_INSIDE = "/recorder";

/** CPython in this process, with the folder `python/` to import from. */
export async function startPython(hashSeed = "0"): Promise<Pyodide> {
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
  return python;
}
