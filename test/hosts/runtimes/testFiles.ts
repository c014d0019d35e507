// Which of the compiled tests the other hosts run.
import { readdirSync } from "node:fs";
import { join, sep } from "node:path";
import { root } from "./manifest.js";

interface LeftOut {
  /** In dist/test: a folder or a file. */
  readonly path: string;
  /** Where; everywhere if not said. */
  readonly in?: readonly string[];
  readonly reason: string;
}

export const LEFT_OUT: readonly LeftOut[] = [
  { path: "guards/", reason: "they look at the project's files, which are the same everywhere" },
  { path: "docs/", reason: "they compile the programs in the documentation" },
  { path: "mutants/", reason: "they try out broken cores, which are the same everywhere" },
  { path: "conformance/record/", reason: "they are about recording, which runs CPython" },
  { path: "conformance/conformance.test.js", reason: "the corpus is a suite of its own" },
  { path: "toolchains/", reason: "they run compilers, and what those make is the same everywhere" },
  { path: "async/typeScriptShape.test.js", reason: "it runs TypeScript's compiler" },
  { path: "async/programs.test.js", reason: "it runs TypeScript's compiler" },
  { path: "hosts/latency.test.js", reason: "it measures milliseconds, and runs alone in `npm test`" },
  { path: "loop/shapes.test.js", reason: "it reads what the V8 of Node 20 says of its compiled code" },
  { path: "io/webConversation.test.js", in: ["browser"], reason: "a page has no sockets" },
  { path: "io/subprocess/loopEnd.test.js", in: ["browser"], reason: "a page has no child processes" },
  { path: "hosts/node.test.js", in: ["browser"], reason: "it is about Node's own host" },
  {
    path: "debug/swallowedCancel.test.js",
    in: ["deno", "bun"],
    reason: "of the call sites that they show, none says where its function begins: nothing is warned about",
  },
];

function isLeftOut(path: string, host: string): boolean {
  return LEFT_OUT.some((left) => path.startsWith(left.path) && left.in?.includes(host) !== false);
}

/** Relative to the project's root, with forward slashes. */
export function unitTests(host: string): string[] {
  const paths = readdirSync(join(root, "dist/test"), { recursive: true, encoding: "utf8" });
  return paths
    .map((path) => path.split(sep).join("/"))
    .filter((path) => path.endsWith(".test.js") && !isLeftOut(path, host))
    .map((path) => `dist/test/${path}`)
    .sort();
}
