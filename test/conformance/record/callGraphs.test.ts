import assert from "node:assert/strict";
import { test } from "node:test";
import { readRecorded } from "../callGraphs/recorded.js";
import { recordCallGraphs } from "./callGraphs.js";
import { isInstalled } from "./install.js";

const options = isInstalled() ? {} : { skip: "pyodide is not installed; npm run conformance:record installs it" };

test("recording the call graphs again gives those that are kept, whatever the hash seed", options, async () => {
  const kept = readRecorded();
  assert.deepEqual(await recordCallGraphs(), kept);
  assert.deepEqual(await recordCallGraphs("4711"), kept);
});
