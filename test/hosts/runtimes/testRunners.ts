// Node, Deno and Bun: hosts with `node:test` and a test command that writes a report.
import { existsSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { parseReport } from "./junit.js";
import { pathInPackage, pinnedVersion, root } from "./manifest.js";
import { Child, outputOf } from "./process.js";
import { failedResult, type Result } from "./result.js";
import type { Report, Target } from "./target.js";
import { unitTests } from "./testFiles.js";

const SUITE_MS = 900_000;
const TEST_MS = 120_000;

interface Runner {
  readonly package: string;
  readonly executable: string;
  /** What stands before a program's path. */
  readonly run: readonly string[];
  /** What stands before the paths of tests; `report` is the file to write. */
  readonly test: (report: string) => readonly string[];
  readonly env?: Readonly<Record<string, string>>;
}

function nodeRunner(name: string): Runner {
  return {
    package: name,
    executable: "bin/node",
    run: [],
    test: (report) => [
      "--test",
      `--test-timeout=${TEST_MS}`,
      "--test-reporter=junit",
      `--test-reporter-destination=${report}`,
    ],
  };
}

const deno: Runner = {
  package: "deno",
  executable: "deno",
  run: ["run", "--allow-all", "--no-lock"],
  test: (report) => ["test", "--allow-all", "--no-check", "--no-lock", `--junit-path=${report}`],
  env: { NO_COLOR: "1", DENO_NO_UPDATE_CHECK: "1" },
};

const bun: Runner = {
  package: "bun",
  executable: "bin/bun",
  run: ["run"],
  test: (report) => ["test", "--isolate", `--timeout=${TEST_MS}`, "--reporter=junit", `--reporter-outfile=${report}`],
  // JavaScriptCore keeps four WebAssembly memories of the fast kind; whoever makes one more waits for a full collection.
  // Tests that make loops by the thousand would do little else.
  env: { BUN_JSC_useWasmFastMemory: "0" },
};

export const TEST_RUNNERS: readonly Target[] = [
  nodeRunner("node22"),
  nodeRunner("node24"),
  nodeRunner("node26"),
  deno,
  bun,
].map(targetOf);

function targetOf(runner: Runner): Target {
  const executable = pathInPackage(runner.package, runner.executable);
  const start = (args: readonly string[]) => new Child(executable, args, { cwd: root, env: environment(runner) });
  return {
    name: runner.package,
    proof: new RegExp(
      `^${runner.package.replace(/\d+$/, "")} ${pinnedVersion(runner.package).replaceAll(".", "\\.")}$`,
    ),
    missing: () => (existsSync(executable) ? null : `${executable} is not there`),
    open: async () => ({
      suites: [
        { name: "unit", run: () => proven(() => unit(start, runner)) },
        { name: "conformance", run: () => proven(() => conformance(start, runner)) },
      ],
      close: async () => {},
    }),
  };

  async function proven(suite: () => Promise<Result>): Promise<Report> {
    const options = { cwd: root, env: environment(runner) };
    const identity = await outputOf(executable, [...runner.run, "dist/test/hosts/runtimes/identity.js"], options);
    return { identity, result: await suite() };
  }
}

function environment(runner: Runner): NodeJS.ProcessEnv {
  const { WASYNCIO_CORE: _core, WASYNCIO_CORE_DIR: _folder, NODE_OPTIONS: _options, ...rest } = process.env;
  return { ...rest, ...runner.env };
}

type Start = (args: readonly string[]) => Child;

async function unit(start: Start, runner: Runner): Promise<Result> {
  const folder = mkdtempSync(join(tmpdir(), "wasyncio-"));
  const report = join(folder, "report.xml");
  try {
    const child = start([...runner.test(report), ...unitTests(runner.package).map((path) => `./${path}`)]);
    const status = await child.endsWithin(SUITE_MS);
    if (!existsSync(report)) return failedResult(`no report, status ${status}:\n${child.tail(40)}`);
    const result = withReasons(parseReport(readFileSync(report, "utf8")), child.output.join(""));
    if (status !== 0 && result.failed === 0) {
      result.failed = 1;
      result.notes.push(`the test command ended with ${status}:\n${child.tail(40)}`);
    }
    return result;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** Deno and Bun leave the reasons of skips out of their reports; test/support/testWhere.ts has printed them. */
function withReasons(result: Result, output: string): Result {
  const printed = [...output.matchAll(/^skipped: (.*)$/gm)].map((match) => match[1]!);
  for (const [i, note] of result.notes.entries()) {
    const title = /^skipped: (.*)$/.exec(note)?.[1];
    const reason = printed.find((line) => line.startsWith(`${title}: `));
    if (reason !== undefined) result.notes[i] = `skipped: ${reason}`;
  }
  return result;
}

async function conformance(start: Start, runner: Runner): Promise<Result> {
  const child = start([...runner.run, "dist/test/conformance/main.js"]);
  const status = await child.endsWithin(SUITE_MS);
  const lines = child.output.join("").trimEnd().split("\n");
  const counts = /^(\d+) passed, (\d+) failed, (\d+) skipped$/.exec(lines.at(-1) ?? "");
  if (counts === null) return failedResult(`no counts, status ${status}:\n${child.tail(40)}`);
  const [passed = 0, failed = 0, skipped = 0] = counts.slice(1).map(Number);
  return { passed, failed: status === 0 ? failed : Math.max(failed, 1), skipped, notes: lines.slice(0, -1) };
}
