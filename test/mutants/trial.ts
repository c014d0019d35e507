// One mutant before the tests.
import { spawn } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { compile } from "./compile.js";
import type { Mutant } from "./mutant.js";

const suite = fileURLToPath(new URL("./suite.js", import.meta.url));

/**
 * Not the debug build, which is not made of mutants, and nothing that takes a million. A test also counts as named when
 * what it stands in matches, and all stand in the test runner's own root.
 */
const TITLES = "^(?!<root>|.*\\[debug\\]|.*million|.*hundred thousand)";

/** A suite that takes longer than this is in an endless loop; normally it takes a few seconds. */
const MAX_MS = 40_000;

/** A mutant that takes slots for ever fills memory. */
const MAX_HEAP_MIB = 256;

export interface Trial {
  /** Titles of the tests that failed. */
  readonly failed: readonly string[];
  /** Title of the test in which the process hung or died; `null` when it came to its end. */
  readonly brokeOff: string | null;
  readonly ran: number;
}

/** Runs the suite on the core with that fault; `null` is the core as it is. */
export async function tryMutant(mutant: Mutant | null): Promise<Trial> {
  const folder = mkdtempSync(join(tmpdir(), "wasyncio-mutant-"));
  try {
    for (const target of ["checked", "release"] as const) {
      writeFileSync(join(folder, `core.${target}.wasm`), await compile(target, mutant));
    }
    return await runSuite(folder);
  } finally {
    rmSync(folder, { recursive: true });
  }
}

function runSuite(folder: string): Promise<Trial> {
  const flags = [`--max-old-space-size=${MAX_HEAP_MIB}`, "--test-reporter=tap", `--test-name-pattern=${TITLES}`];
  const child = spawn(process.execPath, [...flags, suite], {
    env: { ...process.env, WASYNCIO_CORE_DIR: folder, WASYNCIO_CORE: "release" },
    stdio: ["ignore", "pipe", "pipe"],
    timeout: MAX_MS,
    killSignal: "SIGKILL",
  });
  let stdout = "";
  let stderr = "";
  child.stdout.setEncoding("utf8").on("data", (text: string) => (stdout += text));
  child.stderr.setEncoding("utf8").on("data", (text: string) => (stderr += text));
  return new Promise((resolve, reject) => {
    child.on("error", reject);
    child.on("close", () => resolve(readTrial(stdout, stderr)));
  });
}

/** TAP escapes `#` and backslashes, which no title has. A run that came to its end says how many failed. */
function readTrial(stdout: string, stderr: string): Trial {
  const failed = [...stdout.matchAll(/^not ok \d+ - (.*)$/gm)].map((match) => match[1]!);
  const begun = stderr.split("\n").filter((line) => line !== "");
  const isWhole = /^# fail \d+$/m.test(stdout);
  return { failed, brokeOff: isWhole ? null : (begun.at(-1) ?? "before the first test"), ran: begun.length };
}
