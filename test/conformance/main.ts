import { parseArgs } from "node:util";
import * as library from "../../bindings/index.js";
import { chooseCore } from "./core.js";
import { formNamed } from "./compile/spelling.js";
import { CORPUS_FILES } from "./corpus.js";
import { describeCounts, describeSkips, runFiles } from "./runFiles.js";
import type { Library } from "./runtime/library.js";

/*
 * main.js [--core checked|release] [--form generators|typescript|babel] [FILE…]
 *
 * Prints what differs, what was skipped, and in its last line the counts. The exit status is 1 when a program failed.
 */

const { values, positionals } = parseArgs({
  options: { core: { type: "string", default: "release" }, form: { type: "string", default: "generators" } },
  allowPositionals: true,
});

// A program that is abandoned in a deadlock may leave promises behind that nobody awaits.
process.on("unhandledRejection", () => {});

chooseCore(values.core);
const files = positionals.length > 0 ? positionals : CORPUS_FILES;
const summary = await runFiles(
  files,
  library as unknown as Library,
  (text) => console.log(text),
  formNamed(values.form),
);
for (const line of describeSkips(summary)) console.log(line);
console.log(describeCounts(summary));
process.exitCode = summary.failed > 0 ? 1 : 0;
