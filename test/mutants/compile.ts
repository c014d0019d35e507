// Compiles a mutant in memory: the sources as they are in assembly/, one of them changed.
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { assemblyScript } from "./assemblyScript.js";
import { mutate, type Mutant } from "./mutant.js";

const root = fileURLToPath(new URL("../../../", import.meta.url));

/** The walkers are a second entry of the checked core, as in the build. */
const TARGETS = { checked: ["assembly/checks.ts"], release: [] } as const;

export type Target = keyof typeof TARGETS;

function read(path: string): string | null {
  try {
    return readFileSync(join(root, path), "utf8");
  } catch {
    return null;
  }
}

/** Fails when the mutant's text is not in its source. */
export function changedSource(mutant: Mutant): string {
  const source = read(`assembly/${mutant.file}`);
  if (source === null) throw new Error(`${mutant.id}: there is no assembly/${mutant.file}`);
  return mutate(mutant, source);
}

/** The core's bytes; without a mutant those of the sources as they are. */
export async function compile(target: Target, mutant: Mutant | null): Promise<Uint8Array> {
  const changed = mutant === null ? null : { path: `assembly/${mutant.file}`, source: changedSource(mutant) };
  const outputs: Uint8Array[] = [];
  const { error, stderr } = await assemblyScript.main(
    [...TARGETS[target], "--config", "asconfig.json", "--target", target],
    {
      readFile: (path) => (path === changed?.path ? changed.source : read(path)),
      writeFile: (path, contents) => {
        if (path.endsWith(".wasm")) outputs.push(contents as Uint8Array);
      },
      listFiles: () => [],
    },
  );
  if (error !== null)
    throw new Error(`${mutant?.id ?? "the core"} does not compile: ${error.message}\n${stderr.toString()}`);
  return outputs[0]!;
}
