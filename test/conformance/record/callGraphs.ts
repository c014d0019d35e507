import type { RecordedGraphs } from "../callGraphs/shape.js";
import { startPython } from "./python.js";

/** What CPython sees in the programs of python/call_graph_*.py. */
export async function recordCallGraphs(hashSeed?: string): Promise<RecordedGraphs[]> {
  const python = await startPython(hashSeed);
  return JSON.parse(python.runPython("import call_graphs; call_graphs.record_json()") as string) as RecordedGraphs[];
}
