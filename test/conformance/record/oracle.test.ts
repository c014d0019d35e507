import assert from "node:assert/strict";
import { test } from "node:test";
import { CORPUS_FILES, readEntries } from "../corpus.js";
import { generate } from "./generator/generate.js";
import { isInstalled } from "./install.js";
import { Oracle } from "./oracle.js";

/** One interpreter for all tests: starting it takes longer than they do. */
const started = isInstalled() ? Oracle.start() : null;
const options = started !== null ? {} : { skip: "pyodide is not installed; npm run conformance:record installs it" };

async function theOracle(): Promise<Oracle> {
  if (started === null) throw new Error("pyodide is not installed");
  return started;
}

test("recording the corpus again gives the traces it has", options, async () => {
  const oracle = await theOracle();
  for (const { name, program, trace } of CORPUS_FILES.flatMap(readEntries).filter((_, index) => index % 20 === 0)) {
    assert.deepEqual(oracle.record(program).trace, trace, name);
  }
});

test("no trace depends on the hash seed or on the C accelerator", options, async () => {
  const [plain, seeded, pure] = await Promise.all([
    theOracle(),
    Oracle.start({ hashSeed: "4711" }),
    Oracle.start({ pure: true }),
  ]);
  for (let seed = 0; seed < 60; seed++) {
    const program = generate(seed);
    const recording = plain.record(program);
    assert.deepEqual(seeded.record(program), recording, `seed ${seed} with another hash seed`);
    assert.deepEqual(pure.record(program), recording, `seed ${seed} with the Python Task`);
  }
});

test("CPython accepts nearly all generated programs as they are", options, async () => {
  const oracle = await theOracle();
  const rejected = Array.from({ length: 200 }, (_, seed) => oracle.record(generate(seed)).reject).filter(
    (reason) => reason !== undefined,
  );
  assert.ok(rejected.length < 40, rejected.join("\n"));
  assert.deepEqual(
    rejected.filter((reason) => reason.startsWith("Malformed")),
    [],
  );
});

test("a loop that never suspends is rejected rather than run for ever", options, async () => {
  const oracle = await theOracle();
  const { reject } = oracle.record({ coros: { main: { b: [["while", true, []]] } } });
  assert.match(reject ?? "", /turns/);
});

test("nothing is recorded after a deadlock, though Python still cleans up", options, async () => {
  const oracle = await theOracle();
  const wait = ["try", [["await", ["future"]]], { finally: [["trace", "cleanup"]] }] as const;
  const { trace } = oracle.record({ coros: { main: { b: [wait] } }, driver: [["asyncio_run", ["coro", "main"]]] });
  assert.deepEqual(trace, [[0, null, "deadlock", ["Task-1"]]]);
});
