// Which of the compiled tests the other hosts run.
import { readdirSync } from "node:fs";
import { join, sep } from "node:path";
import { root } from "./manifest.js";

/** Paths in dist/test that stay with the Node that builds the project. */
export const LEFT_OUT: Readonly<Record<string, string>> = {
  "guards/": "they look at the project's files, which are the same everywhere",
  "docs/": "they compile the programs in the documentation",
  "mutants/": "they try out broken cores, which are the same everywhere",
  "conformance/record/": "they are about recording, which runs CPython",
  "conformance/conformance.test.js": "the corpus is a suite of its own",
};

/** Relative to the project's root, with forward slashes. */
export function unitTests(): string[] {
  const paths = readdirSync(join(root, "dist/test"), { recursive: true, encoding: "utf8" });
  return paths
    .map((path) => path.split(sep).join("/"))
    .filter((path) => path.endsWith(".test.js") && !Object.keys(LEFT_OUT).some((left) => path.startsWith(left)))
    .map((path) => `dist/test/${path}`)
    .sort();
}
