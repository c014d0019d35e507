// The proofs of `npm run load`, small enough for every run of the tests.
import assert from "node:assert/strict";
import { test } from "node:test";
import { run } from "../../bindings/index.js";
import { testWhere } from "../support/testWhere.js";
import { canCountDescriptors, countDescriptors, runCycles } from "./cycles.js";
import { runEchoes } from "./echoes.js";
import { runSlowReader } from "./slowReader.js";

const MIB = 1 << 20;

test("200 connections with 20 echoes each lose nothing", async () => {
  assert.equal(await run(() => runEchoes(200, 20)), 0);
});

test("a slow reader of 16 MiB gets all of it", async () => {
  const { received } = await run(() => runSlowReader(16 * MIB));
  assert.equal(received, 16 * MIB);
});

testWhere(
  canCountDescriptors,
  "this system does not show a process's descriptors",
  "500 connections made and closed leave no descriptor behind",
  async () => {
    await run(() => runCycles(50, 5));
    const before = countDescriptors();
    assert.equal(await run(() => runCycles(500, 5)), 1000);
    assert.ok(countDescriptors() <= before);
  },
);
